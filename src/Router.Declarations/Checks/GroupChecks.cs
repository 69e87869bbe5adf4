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
        CheckKinds(draft, deployments);
        List<DeploymentSpec> answering = [.. deployments.Where(deployment => !deployment.Settings.IsShadow)];
        CheckVectors(draft, answering);
        if (answering.Count == 0 && deployments.Count > 0) ReportShadows(draft);
        else if (IgnoringStrategy(draft) is not { } strategy) CheckWeights(draft, answering);
        else if (answering.Any(deployment => deployment.Settings.Weight is not null)) ReportIgnoredWeights(draft, strategy);
    }

    // A model of which nothing is known is what the others are. Many models of chat go on with a text too, where a deployment says so.
    private void CheckKinds(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        DeploymentSpec? other = deployments.FirstOrDefault(deployment => KindOf(deployment) is { } kind && kind != draft.Kind && !(kind is CallKind.Chat && draft.Kind is CallKind.Completion));
        if (other is null) return;
        DeploymentSpec same = deployments.FirstOrDefault(deployment => KindOf(deployment) == draft.Kind) ?? deployments[0];
        problems.Add(ProblemKinds.MixedModes, draft.Settings.PlaceOf("Name"), draft.Name, CallKindRow.Of(draft.Kind).Name, same.Model, other.Model, CallKindRow.Of(KindOf(other)!.Value).Name);
    }

    private void CheckVectors(GroupDraft draft, IReadOnlyList<DeploymentSpec> deployments)
    {
        if (draft.Kind is not CallKind.Embeddings) return;
        if (VectorChecks.Difference([.. deployments.Select(deployment => VectorsOf(draft, deployment))], draft.Settings.IsTrue("AllowDifferentModels")) is not var (difference, advice)) return;
        problems.Add(ProblemKinds.VectorsDiffer, draft.Settings.PlaceOf("Name"), draft.Name, difference, advice);
    }

    /// <summary>Returns what is known of a deployment's vectors.</summary>
    public VectorFacts VectorsOf(GroupDraft draft, DeploymentSpec deployment)
    {
        ModelRow? row = RowOf(deployment);
        int known = row?.Dimensions ?? 0;
        int stated = draft.Settings.Integer("Dimensions") is > 0 and var number && (known == 0 || (deployment.Traits.Parameters & ModelParameters.Dimensions) != 0) ? number : 0;
        return new(deployment.Name, VectorFacts.SpaceOf(row?.Space ?? row?.Name ?? deployment.CatalogModel), stated > 0 ? stated : known);
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

    private CallKind? KindOf(DeploymentSpec deployment) => RowOf(deployment)?.Kind;

    private ModelRow? RowOf(DeploymentSpec deployment) => providers.Find(deployment.Provider)?.In(deployment.Dialect, deployment.CatalogModel)?.FindModel(deployment.CatalogModel);
}
