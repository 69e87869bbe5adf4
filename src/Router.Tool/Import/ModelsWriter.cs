using System.Globalization;
using System.Text;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Model;
using RouterGen.LiteLLM.Yaml;

namespace RouterGen.Tool.Import;

/// <summary>Writes declarations as a models.json, by the tables of what groups and deployments can state.</summary>
internal static class ModelsWriter
{
    private const string Schema = "https://raw.githubusercontent.com/routergen/routergen/main/docs/models.schema.json";

    /// <summary>Writes groups with their deployments, in their order.</summary>
    public static string Write(IReadOnlyList<(DeclaredArguments Group, IReadOnlyList<DeclaredArguments> Deployments)> groups)
    {
        StringBuilder text = new StringBuilder("{\n  \"$schema\": ").Append(YamlJson.Quoted(Schema)).Append(",\n  \"groups\": {\n");
        for (int i = 0; i < groups.Count; i++)
        {
            (DeclaredArguments group, IReadOnlyList<DeclaredArguments> deployments) = groups[i];
            text.Append("    ").Append(YamlJson.Quoted(group.Text("Name")!)).Append(": {\n");
            foreach (string member in Members(DeclarationKind.Group, group)) text.Append("      ").Append(member).Append(",\n");
            text.Append("      \"deployments\": [\n");
            text.AppendJoin(",\n", deployments.Select(deployment => "        " + Deployment(deployment))).Append("\n      ]\n    }");
            text.Append(i < groups.Count - 1 ? ",\n" : "\n");
        }

        return text.Append("  }\n}\n").ToString();
    }

    /// <summary>What a declaration states, as members of an object.</summary>
    public static IEnumerable<string> Members(DeclarationKind kind, DeclaredArguments declared) =>
        from property in kind.JsonProperties
        from stated in declared.Stated.Values
        where stated.Property == property.Name
        select $"\"{property.JsonName}\": {Value(property.Type, stated.Value)}";

    private static string Deployment(DeclaredArguments deployment)
    {
        string[] members = [.. Members(DeclarationKind.Deployment, deployment)];
        return members is [var only] && deployment.Text("Model") is { } model && only.StartsWith("\"model\"", StringComparison.Ordinal) ? YamlJson.Quoted(model) : "{ " + string.Join(", ", members) + " }";
    }

    private static string Value(DeclaredType type, object value) => (type, value) switch
    {
        (DeclaredType.Headers, EquatableArray<string?> headers) => "{ " + string.Join(", ", headers.OfType<string>().Select(Header)) + " }",
        (DeclaredType.Features, int features) => List(JsonValues.NamesOf(type).Where((_, at) => (features & (1 << at)) != 0)),
        (_, EquatableArray<string?> texts) => List(texts.OfType<string>()),
        (DeclaredType.Dialect, int number) => Named<Dialect>(number),
        (DeclaredType.Strategy, int number) => Named<RoutingStrategy>(number),
        (DeclaredType.BudgetPeriod, int number) => Named<BudgetPeriod>(number),
        (DeclaredType.ServiceTier, int number) => Named<ServiceTier>(number),
        (DeclaredType.CallKind, int number) => Named<CallKind>(number),
        (_, bool truth) => truth ? "true" : "false",
        (_, int number) => number.ToString(CultureInfo.InvariantCulture),
        (_, double number) => number.ToString("R", CultureInfo.InvariantCulture),
        _ => YamlJson.Quoted((string)value),
    };

    private static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(YamlJson.Quoted)) + "]";

    private static string Header(string header)
    {
        int colon = header.IndexOf(": ", StringComparison.Ordinal);
        return YamlJson.Quoted(header[..colon]) + ": " + YamlJson.Quoted(header[(colon + 2)..]);
    }

    private static string Named<T>(int number)
        where T : struct, Enum
    {
        string name = Enum.GetName((T)Enum.ToObject(typeof(T), number))!;
        return YamlJson.Quoted(char.ToLowerInvariant(name[0]) + name[1..]);
    }
}
