using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.JsonDeclarations;

namespace RouterGen.Generator.Tests;

/// <summary>What editors and readers see of settings comes from the tables that the parser reads them by.</summary>
public class SettingTableTests
{
    private const string SchemaPath = "docs/models.schema.json";
    private const string GuidePath = "docs/settings.md";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_schema_has_the_properties_of_groups_and_deployments()
    {
        JsonNode schema = JsonNode.Parse(WrittenFile.Read(SchemaPath))!;
        JsonNode definitions = schema["definitions"]!;
        JsonNode deployments = definitions["group"]!["properties"]!["deployments"]!.DeepClone();
        JsonObject group = SchemaOf(DeclarationKind.Group);
        group["deployments"] = deployments;
        definitions["group"]!["properties"] = group;
        definitions["deployment"]!["oneOf"]![1]!["properties"] = SchemaOf(DeclarationKind.Deployment);

        WrittenFile.AssertIs(SchemaPath, schema.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public void The_guide_lists_the_settings_of_groups_and_deployments()
    {
        string guide = WrittenFile.Read(GuidePath);
        foreach ((string heading, DeclarationKind kind) in new[] { ("Of a group", DeclarationKind.Group), ("Of a deployment", DeclarationKind.Deployment) })
        {
            Match section = Regex.Match(guide, $"## {heading}\n\n(.*?)(\n## |\\z)", RegexOptions.Singleline);
            Assert.True(section.Success);
            guide = guide[..section.Groups[1].Index] + Table(kind) + guide[(section.Groups[1].Index + section.Groups[1].Length)..];
        }

        WrittenFile.AssertIs(GuidePath, guide);
    }

    [Fact]
    public void The_attributes_have_the_properties_of_the_tables_in_their_order()
    {
        Assert.Equal(GroupProperties.All.Select(property => property.Name).Order(StringComparer.Ordinal), Names(typeof(ModelGroupAttribute)));
        Assert.Equal(DeploymentProperties.All.Select(property => property.Name).Order(StringComparer.Ordinal), Names(typeof(DeploymentAttribute)));

        static IEnumerable<string> Names(Type attribute) =>
            attribute.GetProperties().Where(property => property.DeclaringType == attribute).Select(property => property.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_definitions_have_the_targets_of_the_tables_with_their_defaults()
    {
        AssertTargets(GroupProperties.All, new Infrastructure.GroupDefinition { Name = "a", Deployments = [] });
        AssertTargets(DeploymentProperties.All, new Infrastructure.DeploymentDefinition { Name = "a", Provider = "a", Model = "a", Endpoint = "a", Codec = null! });
    }

    [Fact]
    public void The_documentation_of_an_attribute_states_the_defaults()
    {
        foreach (DeclarationKind kind in new[] { DeclarationKind.Group, DeclarationKind.Deployment })
        {
            foreach (DeclaredProperty property in kind.Properties.Where(property => property.Default is int and not 0 or double and not 0.0))
            {
                string value = ((IFormattable)property.Default!).ToString(property.Default is double and < 1 ? null : "#,0.##", CultureInfo.InvariantCulture);
                Assert.Matches($"(Default|Unset:) {Regex.Escape(value)}[.,]", SettingTexts.Meaning(kind, property, name => name));
            }
        }
    }

    private static void AssertTargets(DeclaredProperty[] properties, object definition)
    {
        foreach (DeclaredProperty property in properties.Where(property => property.Target is not null))
        {
            System.Reflection.PropertyInfo? target = definition.GetType().GetProperty(property.Target!);
            Assert.True(target is not null, $"{definition.GetType().Name} lacks {property.Target}.");
            object? value = target.GetValue(definition);

            // Where a default depends on more, or is another setting's to switch on, the definition has none.
            if (property.Default is null || property == GroupProperties.MaxWaitSeconds || property == GroupProperties.HedgeLimit) continue;
            Assert.Equal((property.Name, Comparable(property.Default)), (property.Name, Comparable(value is TimeSpan time ? time.TotalSeconds : value!)));
        }

        static object Comparable(object value) => value is int or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : value.ToString()!;
    }

    private static JsonObject SchemaOf(DeclarationKind kind)
    {
        var properties = new JsonObject();
        foreach (DeclaredProperty property in kind.JsonProperties) properties[property.JsonName] = SchemaOf(kind, property);
        return properties;
    }

    private static JsonObject SchemaOf(DeclarationKind kind, DeclaredProperty property)
    {
        JsonObject schema = property.Type switch
        {
            DeclaredType.Integer => new() { ["type"] = "integer" },
            DeclaredType.Number => new() { ["type"] = "number" },
            DeclaredType.Boolean => new() { ["type"] = "boolean" },
            DeclaredType.Text => new() { ["type"] = "string" },
            DeclaredType.Texts => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            DeclaredType.Headers => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            DeclaredType.Type => new() { ["type"] = "string", ["pattern"] = @"^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$" },
            DeclaredType.Features => new() { ["type"] = "array", ["items"] = new JsonObject { ["enum"] = NamesOf(property) } },
            _ => new() { ["enum"] = NamesOf(property) },
        };
        schema["description"] = SettingTexts.Meaning(kind, property, name => kind.JsonProperties.FirstOrDefault(other => other.Name == name)?.JsonName ?? name);
        if (property.Default is not null) schema["default"] = JsonNode.Parse(property.Default is Enum ? $"\"{SettingTexts.Default(property)}\"" : SettingTexts.Default(property));
        if (property.Name is "Endpoint") schema["format"] = "uri";
        if (property.Bounds is not { } bounds) return schema;
        if (property.Type is DeclaredType.Integer) schema["minimum"] = (int)bounds.Least + (bounds.IsLeastAllowed ? 0 : 1);
        else schema[bounds.IsLeastAllowed ? "minimum" : "exclusiveMinimum"] = (decimal)bounds.Least;
        if (bounds.Most < double.MaxValue) schema["maximum"] = (decimal)bounds.Most;
        return schema;
    }

    private static JsonArray NamesOf(DeclaredProperty property) => [.. JsonValues.NamesOf(property.Type).Select(name => (JsonNode)name)];

    private static string Table(DeclarationKind kind)
    {
        var table = new StringBuilder("| | value | unless stated | LiteLLM | |\n|---|---|---|---|---|\n");
        foreach (DeclaredProperty property in kind.Properties)
        {
            string name = $"`{property.Name}`" + (property.IsOverridable ? " *" : "");
            string litellm = string.Join(", ", property.LiteLLM.Select(known => $"`{known.Name}`").Distinct());
            string meaning = SettingTexts.Meaning(kind, property, shown => $"`{shown}`").Replace("|", "\\|");
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {SettingTexts.Value(property)} | {SettingTexts.Default(property)} | {litellm} | {meaning} |\n");
        }

        return table.ToString();
    }
}
