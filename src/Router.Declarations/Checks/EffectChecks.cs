using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>
/// Finds settings that have no effect beside the others of their group. One that a file states for several groups at once
/// has an effect where it has one for any of them.
/// </summary>
internal sealed class EffectChecks(ProblemList problems)
{
    private const string Alone = "there is no second deployment that could answer";

    private static readonly string[] OfStreams = ["FirstTokenTimeoutSeconds", "StreamIdleTimeoutSeconds"];

    private static readonly string[] OfVectors = ["Dimensions", "AllowDifferentModels"];

    private static readonly string[] OfChat = ["LatencyProbes", "PromptCacheAffinity"];

    private static readonly string[] Settings =
        ["MaxWaitSeconds", "Strategy", "LatencyTtlSeconds", "LatencyTolerance", "LatencyProbes", "BudgetPeriod", "Hedge", "HedgeLimit", "HedgeDelaySeconds", "PromptCacheAffinity", "RetryBackoffSeconds", "MaxRetryBackoffSeconds", .. OfStreams, .. OfVectors];

    // What a request would be sent by, and where.
    private static readonly string[] OfRequests = ["Dialect", "Endpoint", "EndpointEnv", "AllowInsecureHttp", "Headers", "Project", "Resource", "ApiVersion"];

    private readonly List<StatedSetting> _stated = [];

    /// <summary>Looks at a group.</summary>
    /// <param name="draft">The group.</param>
    /// <param name="deployments">Its deployments.</param>
    /// <param name="isSound">Whether nothing is wrong with it: what will be of the settings of another is not known.</param>
    public void Check(GroupDraft draft, IEnumerable<DeploymentSpec> deployments, bool isSound)
    {
        bool hasChoice = deployments.Count(deployment => !deployment.Settings.IsShadow) > 1;
        foreach (string setting in Settings.Where(draft.Settings.Has))
        {
            string? reason = isSound ? WhyOfOtherKind(setting, draft) ?? WhyIdle(setting, draft, hasChoice) : null;
            _stated.Add(new(draft.Settings.PlaceOf(setting), draft.Settings.NameOf(setting), $"model group '{draft.Name}'", reason));
        }

        foreach (DeclaredArguments deployment in draft.Declared.Where(deployment => isSound && deployment.Has("BudgetPeriod")))
        {
            string? reason = WhyPeriodIsIdle(deployment);
            _stated.Add(new(deployment.PlaceOf("BudgetPeriod"), deployment.NameOf("BudgetPeriod"), $"deployment '{deployment.Text("Model")}'", reason));
        }

        foreach (DeclaredArguments deployment in draft.Declared.Where(deployment => isSound && deployment.Has("Client")))
        {
            foreach (string setting in OfRequests.Where(deployment.Has)) _stated.Add(new(deployment.PlaceOf(setting), deployment.NameOf(setting), $"deployment '{deployment.Text("Model")}'", "its client sends the requests"));
        }
    }

    /// <summary>Reports what has no effect, once all groups were looked at.</summary>
    public void Report()
    {
        foreach (IGrouping<Place, StatedSetting> same in _stated.GroupBy(stated => stated.Place))
        {
            if (same.Any(stated => stated.Reason is null)) continue;
            StatedSetting first = same.First();
            problems.Add(ProblemKinds.IdleSetting, first.Place, first.Name, first.Owner, first.Reason!);
        }
    }

    private static string? WhyOfOtherKind(string setting, GroupDraft draft) =>
        draft.Kind is not CallKind.Embeddings && OfVectors.Contains(setting) ? "it is for groups of embedding models"
        : draft.Kind is not CallKind.Chat && OfChat.Contains(setting) ? "it is for groups of chat models"
        : !CallKindRow.Of(draft.Kind).Streams && OfStreams.Contains(setting) ? $"calls for {CallKindRow.Of(draft.Kind).Name} have no streams"
        : null;

    private static string? WhyIdle(string setting, GroupDraft draft, bool hasChoice) => setting switch
    {
        "Strategy" => draft.Strategy is not null && draft.Settings.Has("Policy") ? "the policy chooses instead" : null,
        "BudgetPeriod" => WhyPeriodIsIdle(draft.Settings),
        "MaxWaitSeconds" => WhyWaitIsIdle(draft.Settings),
        "HedgeLimit" or "HedgeDelaySeconds" => draft.Settings.IsTrue("Hedge") ? null : "calls are hedged only where Hedge is true",
        "LatencyProbes" or "Hedge" or "PromptCacheAffinity" when !draft.Settings.IsTrue(setting) => null, // As if it were not stated.
        "Hedge" or "PromptCacheAffinity" => hasChoice ? null : Alone,
        "RetryBackoffSeconds" => WhyPausesAreIdle(draft.Settings),
        "MaxRetryBackoffSeconds" => WhyPausesAreIdle(draft.Settings) ?? WhyLongestPauseIsIdle(draft.Settings),
        "FirstTokenTimeoutSeconds" or "StreamIdleTimeoutSeconds" or "Dimensions" or "AllowDifferentModels" => null,
        _ => !draft.ChoosesBy(RoutingStrategy.LowestLatency) ? "it is for the strategy LowestLatency" : hasChoice ? null : Alone,
    };

    private static string? WhyWaitIsIdle(DeclaredArguments settings)
    {
        double deadline = settings.Number("TimeoutSeconds") ?? GroupProperties.DefaultTimeoutSeconds;
        return settings.Number("MaxWaitSeconds") <= deadline ? null : $"the deadline of a call, {deadline.ToString(CultureInfo.InvariantCulture)} s, comes first";
    }

    private static string? WhyPausesAreIdle(DeclaredArguments settings) =>
        settings.Integer("MaxRetries") is 0 ? "MaxRetries is 0, so that no deployment is asked again"
        : settings.Integer("MaxAttempts") is 1 ? "MaxAttempts is 1, so that no deployment is asked again"
        : null;

    private static string? WhyLongestPauseIsIdle(DeclaredArguments settings)
    {
        double first = settings.Number("RetryBackoffSeconds") ?? GroupProperties.DefaultRetryBackoffSeconds;
        return first == 0 ? "RetryBackoffSeconds is 0, so that there are no pauses"
            : settings.Number("MaxRetryBackoffSeconds") < first ? $"a pause is no shorter than RetryBackoffSeconds, {first.ToString(CultureInfo.InvariantCulture)} s"
            : null;
    }

    private static string? WhyPeriodIsIdle(DeclaredArguments declared) => declared.Has("Budget") ? null : "there is no Budget";

    /// <summary>A setting, and why it has no effect; null where it has one.</summary>
    private sealed record StatedSetting(Place Place, string Name, string Owner, string? Reason);
}
