"""The runner's words for the coach's values, in the order a page shows them."""

from __future__ import annotations

from coach.answers import Effort, RedFlag
from coach.profile import Region
from language.tongue import marked

EFFORTS = {
    Effort.EASY: marked("Easy"),
    Effort.RIGHT: marked("About right"),
    Effort.HARD: marked("Hard"),
    Effort.SKIPPED: marked("Didn’t do it"),
}

TAPPED = {"e": Effort.EASY, "r": Effort.RIGHT, "h": Effort.HARD, "n": Effort.SKIPPED}
"""The letter in a mail's link → the answer it stands for."""

REGIONS = {
    Region.FOOT: marked("Foot"),
    Region.ANKLE: marked("Ankle or Achilles"),
    Region.CALF: marked("Calf"),
    Region.SHIN: marked("Shin"),
    Region.KNEE: marked("Knee"),
    Region.HAMSTRING: marked("Back of the thigh"),
    Region.GROIN: marked("Groin or inner thigh"),
    Region.HIP: marked("Hip (front) or thigh"),
    Region.LATERAL_HIP: marked("Outer hip"),
    Region.BACK: marked("Back"),
}

FLAGS = {
    RedFlag.CHEST_PAIN: marked("Pain, pressure or tightness in the chest"),
    RedFlag.FAINTING: marked("Fainting, or nearly fainting, during effort"),
    RedFlag.BREATHLESS: marked("Breathlessness that was severe or out of proportion"),
    RedFlag.NEW_WEAKNESS: marked("New weakness in an arm or leg, a drooping face or trouble speaking"),
    RedFlag.SADDLE_NUMBNESS: marked("Numbness where you would sit on a saddle"),
    RedFlag.BLADDER_BOWEL: marked("A change in control of bladder or bowel"),
    RedFlag.CANNOT_BEAR_WEIGHT: marked("You cannot put weight on a leg"),
    RedFlag.DEFORMITY: marked("A limb or joint that looks out of shape"),
    RedFlag.POP_SWELLING: marked("A pop followed by swelling"),
    RedFlag.HOT_JOINT_FEVER: marked("A hot, swollen joint, with fever or feeling ill"),
    RedFlag.CALF_SWELLING: marked("One calf swollen, warm or sore for no clear reason"),
    RedFlag.BONE_PAIN: marked("Pain at one spot on a bone, at night, at rest or with impact"),
}
"""The words of docs/safety.md#red-flags, the most urgent first."""

EMERGENCY = frozenset({RedFlag.CHEST_PAIN, RedFlag.FAINTING, RedFlag.BREATHLESS, RedFlag.NEW_WEAKNESS})
"""Call for help now."""

SAME_DAY = frozenset(
    {
        RedFlag.SADDLE_NUMBNESS,
        RedFlag.BLADDER_BOWEL,
        RedFlag.CANNOT_BEAR_WEIGHT,
        RedFlag.DEFORMITY,
        RedFlag.POP_SWELLING,
        RedFlag.HOT_JOINT_FEVER,
        RedFlag.CALF_SWELLING,
    }
)
"""To be seen today; bone pain, the one flag left, within days and without running until then."""

SLEEP = {
    1: marked("1 · very bad"),
    2: marked("2 · bad"),
    3: marked("3 · so-so"),
    4: marked("4 · good"),
    5: marked("5 · very good"),
}
MOOD = {
    1: marked("1 · very low"),
    2: marked("2 · low"),
    3: marked("3 · so-so"),
    4: marked("4 · good"),
    5: marked("5 · very good"),
}
