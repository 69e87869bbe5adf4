using RouterGen.Declarations.Json;
using RouterGen.Declarations.LiteLLM;
using RouterGen.Declarations.Names;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>
/// Tells a models.json of another program: the name is common, and the package reads it in each project that it comes to, also
/// through another one. It has none of the members of a file that declares model groups, nor what is nearly one of them.
/// </summary>
internal static class ForeignFile
{
    private const string Schema = "models.schema.json";

    // The members that make a file one of this program's, with what they hold.
    private static readonly (string Name, JsonKind Kind)[] Members =
    [
        ("groups", JsonKind.Object), ("providers", JsonKind.Object), ("class", JsonKind.String), ("model_list", JsonKind.Array), ("router_settings", JsonKind.Object), ("litellm_settings", JsonKind.Object),
        ("general_settings", JsonKind.Object),
    ];

    private static readonly string[] EntryMembers = ["model_name", "litellm_params"];

    public static bool IsOne(JsonTree tree) => tree.Root switch
    {
        JsonObject root => root.Properties.Length > 0 && !root.Properties.Any(property => IsOwn(property, tree)),
        JsonArray list => list.Items.Length > 0 && !list.Items.OfType<JsonObject>().SelectMany(item => item.Properties).Any(property => EntryMembers.Any(known => IsMeant(known, property.Name))),
        { Kind: JsonKind.Invalid } => tree.Text.Any(c => !char.IsWhiteSpace(c)) && !tree.Text.Contains("\"groups\"") && !tree.Text.Contains("\"model_list\""), // Too large, or no JSON.
        _ => true,
    };

    // In a file that is being typed, the beginning of a name may be all that there is of it.
    private static bool IsOwn(JsonProperty property, JsonTree tree) =>
        Members.Any(known => known.Name == property.Name)
        || LiteLLMSettings.TopLevel.Any(part => part.Name == property.Name)
        || (property.Name is "$schema" && property.Value is JsonLiteral literal && literal.TryGetString(out string address) && address.EndsWith(Schema, StringComparison.Ordinal))
        || Members.Any(known => known.Kind == property.Value.Kind && IsMeant(known.Name, property.Name))
        || (!tree.Errors.IsEmpty && Members.Any(known => known.Name.StartsWith(property.Name, StringComparison.Ordinal)));

    private static bool IsMeant(string known, string name) => Spelling.Nearest(name, [known]) is not null;
}
