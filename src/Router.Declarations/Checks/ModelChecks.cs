using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Checks;

/// <summary>Compares the model that a deployment names with what the catalog knows of it.</summary>
/// <param name="asOf">The day with which dates are compared, as <c>yyyy-MM-dd</c>; null to compare none.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class ModelChecks(string? asOf, ProblemList problems)
{
    /// <summary>Checks a deployment that the provider itself serves.</summary>
    /// <param name="declared">The deployment.</param>
    /// <param name="provider">Its provider.</param>
    /// <param name="model">The model by which the catalog may know it, without the provider.</param>
    /// <param name="row">What is known of the model; null where nothing is.</param>
    public void CheckModel(DeclaredArguments declared, ProviderRow provider, string model, ModelRow? row)
    {
        // Behind an endpoint of its own, a server may call its models anything.
        if (declared.Has("Endpoint") && !declared.Has("BaseModel")) return;
        if (row is null) CheckListed(declared, provider, model);
        else if (row.Retires is not null && asOf is not null) ReportRetirement(declared, row, row.Retires, isPast: string.CompareOrdinal(row.Retires, asOf) <= 0);
    }

    /// <summary>Checks that calls to a deployment can be priced. What takes no key is a server of one's own, which has no price, where none is needed.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="declared">The deployment.</param>
    /// <param name="provider">Its provider.</param>
    /// <param name="connection">Where it is.</param>
    /// <param name="prices">What tokens cost, as stated and as known.</param>
    public void CheckPrice(GroupDraft group, DeclaredArguments declared, ProviderRow provider, ConnectionSpec connection, ModelPrices? prices)
    {
        if (prices is not null) return;
        string model = declared.Text("Model") ?? "";
        if (PriceUser(group, declared) is { } user) problems.Add(ProblemKinds.PriceNeeded, declared.PlaceOf("Model"), model, user);
        else if (connection.KeyVariable is not null && (connection.Endpoint.Length == 0 || !Endpoints.IsLoopback(connection.Endpoint))) problems.Add(ProblemKinds.NoPrice, declared.PlaceOf("Model"), model, HintAtBaseModel(declared, provider));
    }

    // Of a deployment under a name of the user's own, the model is all that is missing.
    private static string HintAtBaseModel(DeclaredArguments declared, ProviderRow provider) =>
        provider.ModelsOf is null || declared.Has("BaseModel") ? "" : $"{declared.NameOf("BaseModel")}, the model that it serves, or ";

    // What cannot work without a price. A shadow is not chosen, but what it costs is spent.
    private static string? PriceUser(GroupDraft group, DeclaredArguments declared) =>
        declared.Has("Budget") ? "its budget"
        : group.Settings.Has("Budget") ? $"the budget of model group '{group.Name}'"
        : group.ChoosesBy(RoutingStrategy.LowestCost) && !declared.Has("MirrorShare") ? $"the strategy LowestCost of model group '{group.Name}'"
        : null;

    // A model that was tuned from one that is not listed is no mistake: only its owner knows it.
    private void CheckListed(DeclaredArguments declared, ProviderRow provider, string model)
    {
        if ((provider.ServesUnlisted && (provider.ModelsOf is null || !declared.Has("BaseModel"))) || provider.Models.Length == 0 || model.StartsWith("ft:", StringComparison.Ordinal)) return;
        string? nearest = Spelling.Nearest(model, provider.ModelNames);
        string? replacement = nearest is null ? null : Prefix(declared) + nearest;
        problems.AddFixable(
            ProblemKinds.UnknownModel, declared.PlaceOf(Naming(declared)), DiagnosticProperties.Replacement, replacement,
            declared.Text("Model") ?? "", provider.Name,
            replacement is null ? ": its price, its limits and what it takes are not known" : Spelling.DidYouMean(replacement));
    }

    // Nothing is offered in place of a model that was tuned: its successor would have to be tuned first.
    private void ReportRetirement(DeclaredArguments declared, ModelRow row, string date, bool isPast)
    {
        bool isTuned = row.Name.StartsWith("ft:", StringComparison.Ordinal);
        string? replacement = row.Successor is null || isTuned ? null : Prefix(declared) + row.Successor;
        problems.AddFixable(
            isPast ? ProblemKinds.RetiredModel : ProblemKinds.RetiringModel,
            declared.PlaceOf(Naming(declared)), DiagnosticProperties.Replacement, replacement,
            declared.Text("Model") ?? "", date, replacement is null ? "choose another model" : $"use '{replacement}'");
    }

    // What states the model that the catalog is asked for.
    private static string Naming(DeclaredArguments declared) => declared.Has("BaseModel") ? "BaseModel" : "Model";

    // The provider as it is written, which may be an alias, and the slash.
    private static string Prefix(DeclaredArguments declared)
    {
        string text = declared.Text(Naming(declared)) ?? "";
        return text.Substring(0, text.IndexOf('/') + 1);
    }
}
