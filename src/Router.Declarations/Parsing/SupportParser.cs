using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads what a deployment is stated to support. That goes over all that the catalog knows or guesses of its model.</summary>
internal sealed class SupportParser(ProblemList problems)
{
    private const string Supports = "Supports";
    private const string Lacks = "Lacks";

    /// <summary>All that there is.</summary>
    public static readonly ModelCapabilities Everything = CapabilityNames.All.Aggregate(ModelCapabilities.None, (all, one) => all | one.Capability);

    /// <summary>Returns the capabilities of a model with what its deployment states.</summary>
    /// <param name="declared">The deployment.</param>
    /// <param name="dialect">Its wire format; null where a client is asked, which carries all.</param>
    /// <param name="kind">What it is asked for.</param>
    /// <param name="known">Its capabilities where nothing is stated.</param>
    public ModelCapabilities Parse(DeclaredArguments declared, Dialect? dialect, CallKind kind, ModelCapabilities known)
    {
        var lacking = (ModelCapabilities)(declared.Integer(Lacks) ?? 0);
        if (declared.Integer(Supports) is not { } number) return known & ~lacking;
        if (declared.Has(Lacks)) CheckBoth(declared, (ModelCapabilities)number, lacking);
        if (kind is not CallKind.Chat)
        {
            Report(declared, "anything of this", $"calls for {CallKindRow.Of(kind).Name} ask for none of it");
            return known;
        }

        var stated = (ModelCapabilities)number;
        ModelCapabilities carried = dialect is { } spoken ? DialectRow.Of(spoken).Carries : Everything;
        foreach (string name in CapabilityNames.Of(stated & ~carried)) Report(declared, name, $"the wire format {dialect} cannot carry it");
        if (CapabilityNames.All.Aggregate(stated, (rest, one) => rest & ~one.Capability) != 0) Report(declared, "something else", "ModelCapabilities does not define it");
        return stated & carried;
    }

    // Supports says all that there is, so that nothing is left to take away.
    private void CheckBoth(DeclaredArguments declared, ModelCapabilities stated, ModelCapabilities lacking)
    {
        bool contradicts = (stated & lacking) != 0;
        foreach (string name in CapabilityNames.Of(contradicts ? stated & lacking : lacking))
        {
            problems.Add(
                ProblemKinds.SenselessSupport, declared.PlaceOf(Lacks), declared.Text("Model") ?? "", $"and lack {name} at once",
                contradicts ? $"{declared.NameOf(Supports)} states it" : $"{declared.NameOf(Supports)} says all that it can do, and does not name it");
        }
    }

    private void Report(DeclaredArguments declared, string capability, string reason) =>
        problems.Add(ProblemKinds.SenselessSupport, declared.PlaceOf(Supports), declared.Text("Model") ?? "", capability, reason);
}
