using System.Runtime.CompilerServices;
using System.Text.Json;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.LiteLLM;
using RouterGen.Declarations.ModelsJson;

namespace RouterGen.Generator.Tests;

/// <summary>The schema that editors use says what the parser's tables say.</summary>
public class SchemaTests
{
    private static readonly JsonElement Schema = Load();

    public static TheoryData<string> Definitions => ["group", "deployment", "provider"];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Each_property_is_in_the_schema_with_its_type(string definition)
    {
        DeclarationKind kind = definition switch { "group" => DeclarationKind.Group, "deployment" => DeclarationKind.Deployment, _ => DeclarationKind.Provider };
        Dictionary<string, JsonElement> described = PropertiesOf(definition).Where(property => property.Name is not "deployments").ToDictionary(property => property.Name, property => property.Value);

        Assert.Equal(kind.JsonProperties.Select(property => property.JsonName), described.Keys);
        Assert.All(kind.JsonProperties, property => Assert.Equal(TypeOf(property.Type), TypeOf(described[property.JsonName])));
        Assert.All(described.Values, property => Assert.NotEmpty(property.GetProperty("description").GetString()!));
    }

    [Fact]
    public void The_file_itself_has_the_properties_that_are_read()
    {
        IEnumerable<string> known = ModelsReader.TopLevel.Concat(LiteLLMSettings.TopLevel.Where(part => part.Advice is null).Select(part => part.Name));

        Assert.Equal(known, Schema.GetProperty("oneOf")[0].GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void LiteLLMs_parameters_with_an_effect_are_in_the_schema()
    {
        IEnumerable<string> described = Schema.GetProperty("definitions").GetProperty("litellmEntry").GetProperty("properties").GetProperty("litellm_params")
            .GetProperty("properties").EnumerateObject().Select(property => property.Name);

        Assert.Equal(LiteLLMSettings.Params.Where(setting => setting.Advice is null).Select(setting => setting.Name).Order(), described.Order());
    }

    [Theory]
    [InlineData("provider", "dialect", DeclaredType.Dialect)]
    [InlineData("group", "strategy", DeclaredType.Strategy)]
    [InlineData("group", "budgetPeriod", DeclaredType.BudgetPeriod)]
    [InlineData("deployment", "budgetPeriod", DeclaredType.BudgetPeriod)]
    public void The_values_of_enumerations_are_in_the_schema(string definition, string name, object type)
    {
        JsonElement described = PropertiesOf(definition).Single(property => property.Name == name).Value;

        Assert.Equal(JsonValues.NamesOf((DeclaredType)type), described.GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public void The_features_are_in_the_schema() => Assert.Equal(
        JsonValues.NamesOf(DeclaredType.Features),
        PropertiesOf("deployment").Single(property => property.Name == "supports").Value.GetProperty("items").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));

    [Fact]
    public void The_durations_of_LiteLLMs_budgets_are_in_the_schema()
    {
        JsonElement described = Schema.GetProperty("definitions").GetProperty("litellmEntry").GetProperty("properties").GetProperty("litellm_params")
            .GetProperty("properties").GetProperty("budget_duration");

        Assert.Equal(
            LiteLLMSettings.BudgetDurations.Select(known => known.Duration).Append(null),
            described.GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
    }

    private static IEnumerable<JsonProperty> PropertiesOf(string definition)
    {
        JsonElement found = Schema.GetProperty("definitions").GetProperty(definition);
        JsonElement described = found.TryGetProperty("oneOf", out JsonElement either) ? either[1] : found;
        Assert.False(described.GetProperty("additionalProperties").GetBoolean());
        return described.GetProperty("properties").EnumerateObject();
    }

    private static string TypeOf(DeclaredType type) => type switch
    {
        DeclaredType.Text => "string",
        DeclaredType.Integer => "integer",
        DeclaredType.Number => "number",
        DeclaredType.Texts or DeclaredType.Features => "array",
        DeclaredType.Headers => "object",
        DeclaredType.Boolean => "boolean",
        DeclaredType.Type => "string",
        _ => "enum",
    };

    private static string TypeOf(JsonElement property) => property.TryGetProperty("enum", out _) ? "enum" : property.GetProperty("type").GetString()!;

    private static JsonElement Load([CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "models.schema.json");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }
}
