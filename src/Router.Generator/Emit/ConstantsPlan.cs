using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>
/// Names the constants of a project: one struct for each distinct set, however many deployments share it. A codec is compiled
/// once for each struct. Names depend on the sets alone, not on the order of declarations.
/// </summary>
internal sealed class ConstantsPlan
{
    private readonly Dictionary<ConstantsSpec, string> _names = [];

    public ConstantsPlan(IEnumerable<DeploymentSpec> deployments)
    {
        // Regardless of case, since files have the same names.
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ConstantsSpec spec in deployments.Select(deployment => deployment.Constants).Distinct()
            .OrderBy(spec => spec.Provider, StringComparer.Ordinal)
            .ThenBy(spec => spec.Model, StringComparer.Ordinal)
            .ThenBy(spec => spec.Dialect)
            .ThenBy(spec => spec.Traits.Capabilities)
            .ThenBy(spec => spec.Traits.Parameters)
            .ThenBy(spec => spec.Traits.Quirks)
            .ThenBy(spec => spec.Efforts.Taken)
            .ThenBy(spec => spec.Efforts.WithTools)
            .ThenBy(spec => spec.DefaultMaxOutputTokens)
            .ThenBy(spec => spec.BodyStart, StringComparer.Ordinal)
            .ThenBy(spec => spec.Tier)
            .ThenBy(spec => spec.Embedding?.Dimensions)
            .ThenBy(spec => spec.Embedding?.Texts)
            .ThenBy(spec => spec.Embedding?.Tokens)
            .ThenBy(spec => spec.Sound?.FileBytes)
            .ThenBy(spec => spec.Sound?.Characters)
            .ThenBy(spec => spec.Sound?.Voice, StringComparer.Ordinal))
        {
            _names.Add(spec, Identifiers.Claim(Identifiers.Pascal(spec.Provider + "/" + spec.Model, "Model"), taken));
        }
    }

    /// <summary>Gets each set of constants with the name of its struct, sorted.</summary>
    public IEnumerable<KeyValuePair<ConstantsSpec, string>> All => _names.OrderBy(entry => entry.Value, StringComparer.Ordinal);

    /// <summary>Returns the names of the structs of a group's deployments, in their order.</summary>
    public EquatableArray<string> NamesFor(GroupSpec group) => group.Deployments.Select(deployment => _names[deployment.Constants]).ToEquatableArray();
}
