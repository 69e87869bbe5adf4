namespace RouterGen.Interleavings.Tests;

/// <summary>All scenarios, by name.</summary>
internal static class Scenario
{
    private static readonly Action<Interleaving>[] All =
    [
        BreakerScenarios.One_probe_at_a_time,
        BreakerScenarios.A_probe_and_a_straggler,
        BreakerScenarios.Two_verdicts,
        BreakerScenarios.Failures_together,
        BreakerScenarios.A_release_and_a_failure,
        BreakerScenarios.Costly_once,
        LimitScenarios.Takes,
        LimitScenarios.Corrections,
        LimitScenarios.Spending,
        LimitScenarios.Tokens,
        AdmissionScenarios.Concurrency,
        AdmissionScenarios.Shared_concurrency,
        AdmissionScenarios.Rates,
        AdmissionScenarios.Probes,
        AdmissionScenarios.Budgets,
        AdmissionScenarios.An_attempt_ends_once,
        SettingScenarios.No_change_is_lost,
        SettingScenarios.Shared_limits_stay_the_same,
        SettingScenarios.Taken_stays_taken,
        SettingScenarios.Admissions_are_remembered,
        SettingScenarios.Figures_are_remembered,
        SettingScenarios.Picks_find_what_is_free,
        DrainScenarios.A_drain_ends_with_its_last_call,
        DrainScenarios.A_drain_that_is_revoked_ends,
        DrainScenarios.Two_wait_for_a_drain,
        KeyScenarios.Verdicts_on_a_key,
        KeyScenarios.A_user_joins,
        KeyScenarios.Groups_share_an_endpoint,
        BodyScenarios.A_body_is_sent_again,
        CallScenarios.Calls_wait_for_a_place,
        CallScenarios.Calls_of_two_groups_wait_for_a_place,
        CallScenarios.A_limit_is_raised,
        CallScenarios.A_deployment_returns,
        CallScenarios.A_waiting_call_is_cancelled,
        CallScenarios.Waiting_calls_run_out_of_time,
        CallScenarios.A_deployment_fails_and_recovers,
        CallScenarios.The_queue_is_full,
        DecisionScenarios.Calls_decide_for_a_place,
        DecisionScenarios.A_call_decides_to_go_on_waiting,
        DecisionScenarios.A_deciding_call_is_cancelled,
        DecisionScenarios.Deciding_calls_run_out_of_time,
        HedgingScenarios.Both_answer,
        HedgingScenarios.One_fails,
        HedgingScenarios.The_caller_cancels,
        MeasuringScenarios.Samples,
        MeasuringScenarios.Waits,
        MeasuringScenarios.Invitations,
        MeasuringScenarios.Largest,
        MeasuringScenarios.Outages,
        MeasuringScenarios.Chance,
        MeasuringScenarios.Loans,
    ];

    private static readonly Dictionary<string, Action<Interleaving>> ByName = All.ToDictionary(static scenario => scenario.Method.Name);

    public static IEnumerable<string> Names => ByName.Keys;

    public static Action<Interleaving> Find(string name) => ByName[name];
}
