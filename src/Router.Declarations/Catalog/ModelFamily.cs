using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>
/// Models of one provider whose names begin alike. A member that is not listed takes the rules of the newest one: providers
/// drop parameters from one generation to the next, and a request that leaves one out is served, where one too many is refused.
/// </summary>
/// <param name="Pattern">The start of the members' names: <c>#</c> is a digit, <c>*</c> any text.</param>
/// <param name="Newest">The member of the catalog whose rules hold.</param>
internal sealed record ModelFamily(string Pattern, string Newest)
{
    /// <summary>The efforts to send with tools; null where those of <see cref="Newest"/> hold.</summary>
    public ModelEfforts? EffortsWithTools { get; init; }

    /// <summary>Returns whether a model is a member.</summary>
    public bool Has(string model) => IsStart(Pattern, 0, model, 0);

    /// <summary>
    /// Returns the rules of a member that is not listed: the parameters of the newest member, and of capabilities those that
    /// any model of the provider may have, since what a member lacks is not known.
    /// </summary>
    /// <param name="newest">The rules of the newest member.</param>
    /// <param name="unlisted">The traits of a model that is not listed, of whatever name.</param>
    public ModelRules RulesOf(ModelRules newest, ModelTraits unlisted) => newest with
    {
        Traits = newest.Traits.With(unlisted.Capabilities),
        Efforts = EffortsWithTools is { } efforts ? newest.Efforts with { WithTools = efforts } : newest.Efforts,
    };

    private static bool IsStart(string pattern, int p, string name, int n)
    {
        for (; p < pattern.Length; p++, n++)
        {
            if (pattern[p] is '*')
            {
                for (int rest = n; rest <= name.Length; rest++)
                {
                    if (IsStart(pattern, p + 1, name, rest)) return true;
                }

                return false;
            }

            if (n >= name.Length || !(pattern[p] is '#' ? name[n] is >= '0' and <= '9' : pattern[p] == name[n])) return false;
        }

        return true;
    }
}
