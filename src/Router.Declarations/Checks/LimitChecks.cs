using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>Finds limits that are valid each by itself and contradict each other.</summary>
internal sealed class LimitChecks(ProblemList problems)
{
    /// <summary>Checks that a call's attempts fit into its deadline, where both their number and their length are stated.</summary>
    public void CheckAttempts(GroupDraft draft, SettingValues settings)
    {
        if (settings.Integer(GroupProperties.MaxAttempts) is not { } attempts || settings.Number(GroupProperties.AttemptTimeoutSeconds) is not { } each) return;
        double deadline = settings.Number(GroupProperties.TimeoutSeconds) ?? GroupProperties.DefaultTimeoutSeconds;
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
            if (deployments[i].Settings.Tpm is not { } tpm || output <= tpm) continue;
            problems.Add(ProblemKinds.TokensTooFew, draft.Declared[i].PlaceOf("Tpm"), Text(tpm), deployments[i].Name, Text(output));
        }
    }

    private static string Text(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);
}
