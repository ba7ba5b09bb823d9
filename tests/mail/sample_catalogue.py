"""A small catalogue of its own, for sample letters."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from coach.catalogue import Catalogue, Exercise, Stretch
from coach.constants import Constants
from coach.profile import Region
from coach.week import (
    DoseMode,
    Quality,
)


def an_exercise(slug: str, how: str, cue: str, carry_over: str, stop_if: str, **changes: Any) -> Exercise:
    exercise = Exercise(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        pattern="lunge",
        sides=2,
        mode=DoseMode.REPS,
        ladder=slug,
        rung=1,
        qualities=tuple((quality, 2) for quality in Quality),
        tissues=((Region.KNEE, 1),),
        needs=(frozenset(),),
        loadable=(),
        bodyweight_share=0.8,
        start_load_share=0.0,
        start_amount=10,
        tempo="2-1-1",
        seconds=4,
        rest_s=60,
        purpose="it is useful.",
        how=how,
        feel="Work in the muscle, calm in the joint.",
        cue=cue,
        carry_over=carry_over,
        stop_if=stop_if,
    )
    return replace(exercise, **changes)


def a_stretch(slug: str, target: str, cue: str, **changes: Any) -> Stretch:
    stretch = Stretch(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        target=target,
        regions=(Region.CALF,),
        avoid=(),
        props=(),
        dynamic=False,
        start_hold_s=20,
        reps=0,
        sides=2,
        how="Ease in until you feel a mild pull, then breathe.",
        feel="A mild pull, never a sharp one.",
        cue=cue,
        stop_if="It pinches: come out a little.",
    )
    return replace(stretch, **changes)


CATALOGUE = Catalogue(
    exercises=(
        an_exercise(
            "rear-foot-elevated-split-squat",
            "Stand a long step in front of a chair and rest the top of one foot on it. Lower straight down until the back "
            "knee hovers a hand above the floor. Drive up through the whole front foot. Finish one side, then change.",
            "Sink between your hips; the front knee follows the toes.",
            "Land under your hip and feel the whole foot take you.",
            "The front knee aches: shorten the range, or keep the back foot on the floor.",
            name="Rear-foot-elevated split squat",
        ),
        an_exercise(
            "single-leg-romanian-deadlift",
            "Stand on one leg with the knee soft and the weight in the other hand. Push the hips back and let the free leg "
            "float up as the chest comes down. Stop when the back wants to round. Stand up by squeezing the hip.",
            "Close the car door with your hip.",
            "Push the ground behind you, not down.",
            "You feel it in the back: go less deep and lighter.",
            name="Single-leg Romanian deadlift",
        ),
        an_exercise(
            "single-leg-calf-raise",
            "Stand on the edge of a stair on the ball of one foot, fingertips on the wall. Let the heel sink below the edge. "
            "Rise as high as you can, wait there a moment, and come down slowly.",
            "Up over the big toe, all the way.",
            "Let the ankle be the last thing to leave the ground.",
            "The Achilles is sharp or stiff next morning: do both legs together.",
        ),
        an_exercise(
            "side-plank-with-leg-lift",
            "Lie on your side, elbow under the shoulder, legs long. Lift the hips until head, hips and heels make one line, "
            "then raise the upper leg a hand's width and breathe.",
            "Long from crown to heel.",
            "Keep the belt level as you tire.",
            "The shoulder complains: bend the lower knee and rest on it.",
            mode=DoseMode.HOLD,
            tempo="",
        ),
        an_exercise(
            "suitcase-carry",
            "Pick up one weight with a straight back. Stand tall with level shoulders and walk with ordinary steps for the "
            "time given. Put it down with bent knees and change hands.",
            "Walk as if nobody could tell which hand is full.",
            "Grow tall through the crown of your head.",
            "You have to lean: take a lighter weight.",
            mode=DoseMode.CARRY,
            tempo="",
        ),
        an_exercise(
            "pogo-hops",
            "On slightly giving ground, stand tall and bounce a few centimetres off the balls of your feet, knees almost "
            "straight. Let the heels kiss the ground. Stop while the hops are still crisp.",
            "Short, stiff, quiet.",
            "Touch the ground briefly, as if it were warm.",
            "Shin, heel or Achilles hurts: leave the jumps out and do calf raises.",
            sides=1,
            mode=DoseMode.CONTACTS,
            tempo="",
        ),
        an_exercise(
            "step-down",
            "Stand on one leg on a low step. Bend that knee until the other heel brushes the floor in front, then stand up "
            "without pushing off below.",
            "Hips level, knee over the second toe.",
            "Quiet knees downhill.",
            "The knee hurts: use a lower step.",
        ),
        an_exercise(
            "lateral-band-walk",
            "Put a band around both ankles and bend the knees a little. Step sideways without letting the feet drag or the "
            "band go slack. Walk there and back.",
            "Toes forward, steps small.",
            "Let the hip, not the knee, hold you up.",
            "The hip pinches: move the band up above the knees.",
        ),
        an_exercise(
            "banded-hip-thrust",
            "Sit on the floor with the shoulders against a sofa and the band across the hips. Push the hips up until the "
            "trunk is level, wait a moment, and lower slowly.",
            "Ribs down, finish with the hips.",
            "Finish each stride behind you.",
            "You feel it in the back: lift less high.",
            sides=1,
        ),
        an_exercise(
            "dead-bug",
            "Lie on your back, arms up, hips and knees bent. Lower one arm and the opposite leg while the back stays heavy "
            "on the floor. Come back and change.",
            "Keep the back heavy.",
            "Swing from the hips over a calm trunk.",
            "The back arches: keep the moving knee bent.",
        ),
    ),
    stretches=(
        a_stretch("gastrocnemius-wall-stretch", "calf", "Heel heavy, knee straight."),
        a_stretch("soleus-wall-stretch", "calf", "Heel heavy, knee bent."),
        a_stretch(
            "half-kneeling-hip-flexor", "hip flexor", "Tuck the tail, then lean.", name="Half-kneeling hip flexor"
        ),
        a_stretch("supine-strap-hamstring", "hamstring", "Leg long, shoulders soft."),
        a_stretch("figure-four", "glute", "Shin level, breathe out.", name="Figure four, on your back"),
        a_stretch("butterfly", "adductor", "Sit tall, let the knees fall.", sides=1),
        a_stretch("leg-swings", "hip", "Swing from a tall trunk.", dynamic=True, start_hold_s=0, reps=10),
        a_stretch("ankle-rocks", "ankle", "Knee over the toes.", dynamic=True, start_hold_s=0, reps=10),
        a_stretch("walking-lunge-reach", "hip flexor", "Long and loose.", dynamic=True, start_hold_s=0, reps=8),
    ),
    slots=(),
    constants=Constants(**{f.name: 0.0 for f in fields(Constants)}),
    version="sample",
)
