"""The constants of progression, by name; their values, units and sources stand in catalogue/progression.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constants:
    """Every number the engine uses that a coach might argue with. Units and sources: catalogue/progression.toml."""

    # capacity
    prior_sd: float
    hold_prior_sd: float
    experience_some: float
    experience_seasoned: float
    age_from: float
    age_loss_per_year: float
    growth: float
    drift_sd: float
    detrain_from_week: float
    detrain_to_week: float
    detrain_per_week: float
    same_ladder: float
    same_pattern: float
    same_body: float
    seconds_per_rep: float
    # answers
    under_report: float
    report_sd: float
    report_sd_per_rep: float
    report_reps_exact: float
    set_fatigue: float
    tap_feel: float
    tap_step: float
    tap_sd: float
    tap_informative: float
    # choice of dose
    caution: float
    caution_returning: float
    cap_sure: float
    cap_target: float
    cap_after_gap: float
    first_load: float
    too_light_reps: float
    anchor_weeks: float
    anchor_flare: float
    pain_cut: float
    severe_cut: float
    gap_short: float
    gap_long: float
    reps_step: float
    reps_step_sure: float
    hold_step: float
    go_on: float
    go_on_heaviest: float
    # self-tests
    test_days: float
    test_age_from: float
    test_weak: float
    test_uneven: float
    test_uneven_least_reps: float
    test_uneven_least_s: float
    calf_raises_usual: float
    calf_raises_loss: float
    calf_raises_slow: float
    calf_raises_sd: float
    balance_open_usual: float
    balance_open_loss: float
    balance_closed_usual: float
    balance_closed_loss: float
    side_plank_usual: float
    side_plank_loss: float
    side_plank_sd: float
    sit_to_stands_usual: float
    sit_to_stands_loss: float
    sit_to_stands_sd: float
    # pain
    pain_hold: float
    pain_less: float
    pain_severe: float
    pain_fade: float
    sore_hold: float
    # screening
    screen_days: float
    screen_wait_days: float
    # weeks
    anatomical_weeks: float
    plyometric_after: float
    contacts_first: float
    heavy_after: float
    swap_after: float
    plateau_weeks: float
    stay_most: float
    strain_z: float
    # time
    warm_up_s: float
    set_up_s: float
    stretch_s: float
    stretch_change_s: float
    hold_growth: float
    hold_most: float
    stretch_weeks: float
