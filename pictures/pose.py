"""What a file says of a figure: values only. Their form is told in CONTRIBUTING.md ("Draw an exercise")."""

from __future__ import annotations

from dataclasses import dataclass

from pictures.vectors import Vec

USUAL_SECONDS = (1.6, 0.8, 1.6, 0.8)
"""Of a moving picture: there, stay, back, rest."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg: pinned by its foot or ankle, or else turned by angles.

    foot: where the middle of the heel stands, sole level. ankle: the joint itself, for a foot that is in the air or on
    its instep. thigh, shin: degrees the bone points, 0 straight down, 90 to the front, as in the world. out: degrees that
    the limb (thigh, shin) is lifted sideways. knee: degrees the kneecap is turned outwards.
    heel_up, toes_up: degrees a pinned foot tips over its ball (below 0: the heel sinks) or heel. point: degrees the foot is stretched, 0 at a right
    angle to the shin. toe_out: degrees the toes look outwards. arch: how far the ball is drawn towards the heel.
    """

    foot: Vec | None = None
    ankle: Vec | None = None
    thigh: float = 0.0
    shin: float = 0.0
    out: tuple[float, float] = (0.0, 0.0)
    knee: float = 0.0
    heel_up: float = 0.0
    toes_up: float = 0.0
    point: float = 0.0
    toe_out: float = 6.0
    arch: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm: pinned by its hand, or else turned by angles as a leg is.

    hand: where the middle of the palm is. fingers: degrees the hand points; None: as the forearm does.
    elbow: degrees the point of the elbow is turned outwards.
    """

    hand: Vec | None = None
    upper: float = 4.0
    fore: float = 14.0
    out: tuple[float, float] = (7.0, 4.0)
    elbow: float = 15.0
    fingers: float | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """One position of the body.

    hips: (x, height) of the middle between the hip joints; height None: as high as pinned feet allow, or as low as the
    floor allows. lean: degrees the trunk leans forwards, 90 face down, -90 on the back. turn: degrees the front is
    turned towards whoever looks. tilt: degrees the whole trunk leans to its right. round: degrees the back is rounded
    (below 0: arched). bend: degrees the ribs bend to the right. twist: degrees they turn to the right.
    hitch: degrees the right half of the pelvis is drawn up. nod: degrees the head looks down from the line of the trunk.
    look: degrees it looks to the right.
    """

    hips: tuple[float, float | None] = (0.0, None)
    depth: float = 0.0
    lean: float = 0.0
    turn: float = 0.0
    tilt: float = 0.0
    round: float = 0.0
    bend: float = 0.0
    twist: float = 0.0
    hitch: float = 0.0
    nod: float | None = None
    look: float = 0.0
    right_leg: Leg = Leg()
    left_leg: Leg = Leg()
    right_arm: Arm = Arm()
    left_arm: Arm = Arm()

    def leg(self, side: str) -> Leg:
        return self.right_leg if side == "right" else self.left_leg

    def arm(self, side: str) -> Arm:
        return self.right_arm if side == "right" else self.left_arm


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture. kind: one of props.KINDS; the other fields as the kind uses them.

    ends: points of the body, or "x y z". front: painted over the figure. only: the panel it is in, start or end.
    """

    kind: str
    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    width: float = 0.0
    height: float = 0.0
    depth: float = 0.0
    at: str = ""
    ends: tuple[str, ...] = ()
    front: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement shown. of: a point of the body whose way is drawn; or start and end in the picture's coordinates.

    bow: how far the middle is bent aside, to the left of its way. shift: moved in the picture by so much.
    """

    of: str = ""
    start: Vec | None = None
    end: Vec | None = None
    bow: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)
    panel: str = "end"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn exercise or stretch. frames: one pose for a hold, else start and end. view: degrees (yaw, pitch).

    works: parts of the body that are tinted. seconds: of the moving picture: there, stay, back, rest. focus: points of the
    body that fill the card, for what is too small to be seen in a picture of the whole.
    """

    slug: str
    view: tuple[float, float]
    frames: tuple[Pose, ...]
    props: tuple[Prop, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    works: tuple[str, ...] = ()
    barefoot: bool = False
    seconds: tuple[float, float, float, float] = USUAL_SECONDS
    focus: tuple[str, ...] = ()
