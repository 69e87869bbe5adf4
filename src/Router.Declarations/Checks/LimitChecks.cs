using System.Globalization;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Checks;

/// <summary>Finds limits that are valid each by itself and contradict each other.</summary>
internal sealed class LimitChecks(ProblemList problems)
{
    // The runtime's, where no deadline is stated.
    private const double DefaultTimeout = 600;

    /// <summary>Checks that a call's attempts fit into its deadline, where both their number and their length are stated.</summary>
    public void CheckAttempts(GroupDraft draft, GroupSettings settings)
    {
        if (settings is not { MaxAttempts: { } attempts, AttemptTimeout: { } each }) return;
        double deadline = settings.Timeout ?? DefaultTimeout;
        if (attempts * each <= deadline) return;
        problems.Add(
            ProblemKinds.AttemptsExceedDeadline, draft.Settings.PlaceOf("AttemptTimeoutSeconds"),
            attempts, Text(each), Text(attempts * each), Text(deadline));
    }

    /// <summary>Checks that each deployment's tokens a minute are enough for one answer.</summary>
    /// <param name="draft">The group, of whose deployments each is sound.</param>
    /// <param name="deployments">Its deployments, in the order of the draft's.</param>
    public void CheckTokens(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        for (int i = 0; i < deployments.Count; i++)
        {
            int output = deployments[i].DefaultMaxOutputTokens;
            if (deployments[i].Limits.Tpm is not { } tpm || output <= tpm) continue;
            problems.Add(ProblemKinds.TokensTooFew, draft.Declared[i].PlaceOf("Tpm"), Text(tpm), deployments[i].Name, Text(output));
        }
    }

    private static string Text(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);
}
