"""The runner's words for the coach's values, in the order a page shows them."""

from __future__ import annotations

from coach.answers import Effort, RedFlag
from coach.profile import Region

EFFORTS = {
    Effort.EASY: "Easy",
    Effort.RIGHT: "About right",
    Effort.HARD: "Hard",
    Effort.SKIPPED: "Didn’t do it",
}

TAPPED = {"e": Effort.EASY, "r": Effort.RIGHT, "h": Effort.HARD, "n": Effort.SKIPPED}
"""The letter in a mail's link → the answer it stands for."""

REGIONS = {
    Region.FOOT: "Foot",
    Region.ANKLE: "Ankle or Achilles",
    Region.CALF: "Calf",
    Region.SHIN: "Shin",
    Region.KNEE: "Knee",
    Region.HAMSTRING: "Back of the thigh",
    Region.GROIN: "Groin or inner thigh",
    Region.HIP: "Hip (front) or thigh",
    Region.LATERAL_HIP: "Outer hip",
    Region.BACK: "Back",
}

FLAGS = {
    RedFlag.CHEST_PAIN: "Pain, pressure or tightness in the chest",
    RedFlag.FAINTING: "Fainting, or nearly fainting, during effort",
    RedFlag.BREATHLESS: "Breathlessness that was severe or out of proportion",
    RedFlag.NEW_WEAKNESS: "New weakness in an arm or leg, a drooping face or trouble speaking",
    RedFlag.SADDLE_NUMBNESS: "Numbness where you would sit on a saddle",
    RedFlag.BLADDER_BOWEL: "A change in control of bladder or bowel",
    RedFlag.CANNOT_BEAR_WEIGHT: "You cannot put weight on a leg",
    RedFlag.DEFORMITY: "A limb or joint that looks out of shape",
    RedFlag.POP_SWELLING: "A pop followed by swelling",
    RedFlag.HOT_JOINT_FEVER: "A hot, swollen joint, with fever or feeling ill",
    RedFlag.CALF_SWELLING: "One calf swollen, warm or sore for no clear reason",
    RedFlag.BONE_PAIN: "Pain at one spot on a bone, at night, at rest or with impact",
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

SLEEP = {1: "1 · very bad", 2: "2 · bad", 3: "3 · so-so", 4: "4 · good", 5: "5 · very good"}
MOOD = {1: "1 · very low", 2: "2 · low", 3: "3 · so-so", 4: "4 · good", 5: "5 · very good"}
