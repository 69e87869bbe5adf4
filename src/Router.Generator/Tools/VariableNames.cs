using System.Globalization;
using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Tools;

/// <summary>The names of the variables of an emitted method.</summary>
internal sealed class VariableNames
{
    private readonly HashSet<string> _taken;

    /// <param name="taken">The names that the method has already.</param>
    public VariableNames(params string[] taken) => _taken = new(taken, StringComparer.Ordinal);

    /// <summary>Returns a name that no other variable has, as C#, nor has one that belongs to it.</summary>
    public string Claim(string name)
    {
        string free = name;
        for (int n = 2; _taken.Contains(free) || _taken.Contains(Given(free)) || _taken.Contains(Has(free)); n++) free = name + "_" + n.ToString(CultureInfo.InvariantCulture);
        _taken.UnionWith([free, Given(free), Has(free)]);
        return Identifiers.Escape(free);
    }

    /// <summary>The name of the variable with the value that another one is read of.</summary>
    public static string Given(string variable) => variable.TrimStart('@') + "_given";

    /// <summary>The name of the variable that says whether another one has a value.</summary>
    public static string Has(string variable) => "has_" + variable.TrimStart('@');
}
