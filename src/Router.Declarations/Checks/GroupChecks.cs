using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>Compares the deployments of a group with each other.</summary>
internal sealed class GroupChecks(ProviderTable providers, ProblemList problems)
{
    private const double Tolerance = 1e-6;

    /// <summary>Checks a group whose deployments are all sound: of another's, too little is known to judge.</summary>
    public void Check(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        CheckModes(draft, deployments);
        List<DeploymentSpec> answering = [.. deployments.Where(deployment => !deployment.Settings.IsShadow)];
        CheckDimensions(draft, answering);
        if (answering.Count == 0 && deployments.Count > 0) ReportShadows(draft);
        else if (IgnoringStrategy(draft) is not { } strategy) CheckWeights(draft, answering);
        else if (answering.Any(deployment => deployment.Settings.Weight is not null)) ReportIgnoredWeights(draft, strategy);
    }

    private void CheckModes(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        DeploymentSpec? chat = deployments.FirstOrDefault(deployment => ModeOf(deployment) is ModelMode.Chat);
        DeploymentSpec? embedding = deployments.FirstOrDefault(deployment => ModeOf(deployment) is ModelMode.Embedding);
        if (chat is null || embedding is null) return;
        problems.Add(ProblemKinds.MixedModes, draft.Settings.PlaceOf("Name"), draft.Name, chat.Model, embedding.Model);
    }

    // A model whose vectors are of unknown length is left out.
    private void CheckDimensions(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        List<(string Name, int Dimensions)> known =
            [.. deployments.Select(deployment => (deployment.Name, RowOf(deployment)?.Dimensions ?? 0)).Where(deployment => deployment.Item2 > 0)];
        int other = known.FindIndex(deployment => deployment.Dimensions != known[0].Dimensions);
        if (other < 0) return;
        problems.Add(
            ProblemKinds.DimensionsDiffer, draft.Settings.PlaceOf("Name"),
            draft.Name, known[0].Name, Text(known[0].Dimensions), known[other].Name, Text(known[other].Dimensions));
    }

    private void ReportShadows(GroupDraft draft) => problems.Add(
        ProblemKinds.GroupWithoutDeployments, draft.Settings.PlaceOf("Name"), draft.Name, "all that it has are shadows (MirrorShare), which answer no caller");

    // The adaptive strategy divides by the weight; what a policy of the user's own does with it is not known.
    private static RoutingStrategy? IgnoringStrategy(GroupDraft draft) =>
        new[] { RoutingStrategy.LeastBusy, RoutingStrategy.LowestLatency, RoutingStrategy.LowestUsage, RoutingStrategy.LowestCost }
            .Where(draft.ChoosesBy)
            .Cast<RoutingStrategy?>()
            .FirstOrDefault();

    private void ReportIgnoredWeights(GroupDraft draft, RoutingStrategy strategy) =>
        problems.AddFixable(
            ProblemKinds.IgnoredWeights, draft.Settings.PlaceOf("Strategy"), DiagnosticProperties.Strategy, strategy.ToString(), strategy, draft.Name);

    // Deployments share the calls with those of the same order, and those alone.
    private void CheckWeights(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        foreach (IGrouping<int, DeploymentSpec> peers in deployments.GroupBy(deployment => deployment.Settings.Order ?? 0))
        {
            if (peers.Count(deployment => deployment.Settings.Weight is not null) < 2) continue;
            double sum = peers.Sum(deployment => deployment.Settings.Weight ?? 1);
            if (Math.Abs(sum - 1) < Tolerance || Math.Abs(sum - 100) < Tolerance) continue;
            problems.Add(ProblemKinds.UnusualWeights, draft.Settings.PlaceOf("Name"), draft.Name, sum.ToString("0.######", CultureInfo.InvariantCulture));
            return;
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private ModelMode? ModeOf(DeploymentSpec deployment) => RowOf(deployment)?.Mode;

    private ModelRow? RowOf(DeploymentSpec deployment) => providers.Find(deployment.Provider)?.In(deployment.Dialect, deployment.CatalogModel)?.FindModel(deployment.CatalogModel);
}
