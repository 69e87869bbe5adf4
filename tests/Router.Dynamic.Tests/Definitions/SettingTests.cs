using System.Reflection;
using RouterGen.Declarations.Arguments;
using RouterGen.Infrastructure;
using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>Each row of the tables of settings that has a target changes this property of the definition, and nothing else.</summary>
public sealed class SettingTests
{
    private const string Deployments = """ "deployments": ["openai/gpt-6-luna", "openai/gpt-6-sol"] """;

    private const string Vectors = """ "deployments": ["openai/text-embedding-3-small"] """;

    // What else must be stated for a setting to count.
    private static readonly Dictionary<string, string> Besides = new()
    {
        ["HedgeLimit"] = "\"hedge\": true, ",
        ["HedgeDelaySeconds"] = "\"hedge\": true, ",
        ["BudgetPeriod"] = "\"budget\": 1, ",
        ["LatencyTtlSeconds"] = "\"strategy\": \"lowestLatency\", ",
        ["LatencyTolerance"] = "\"strategy\": \"lowestLatency\", ",
    };

    public static TheoryData<string> OfGroups => new(GroupProperties.All.Where(row => row.Target is not null).Select(row => row.Name));

    public static TheoryData<string> OfDeployments => new(DeploymentProperties.All.Where(row => row.Target is not null).Select(row => row.Name));

    [Theory]
    [MemberData(nameof(OfGroups))]
    public void A_setting_of_a_group_is_in_its_definition(string name)
    {
        DeclaredProperty row = GroupProperties.All.Single(row => row.Name == name);
        string deployments = name is "Dimensions" or "AllowDifferentModels" ? Vectors : Deployments;
        string besides = Besides.GetValueOrDefault(name, "");
        (string json, object expected) = ValueOf(row);

        AssertChanged(row, expected, Declarations.Group(besides + deployments), Declarations.Group($"{besides}\"{row.JsonName}\": {json}, {deployments}"));
    }

    [Theory]
    [MemberData(nameof(OfDeployments))]
    public void A_setting_of_a_deployment_is_in_its_definition(string name)
    {
        DeclaredProperty row = DeploymentProperties.All.Single(row => row.Name == name);
        string besides = Besides.GetValueOrDefault(name, "");
        (string json, object expected) = ValueOf(row);

        AssertChanged(row, expected, Of(besides), Of($"{besides}\"{row.JsonName}\": {json}, "));

        static DeploymentDefinition Of(string members) => Declarations.Group($$"""  "strategy": "adaptive", "deployments": [{ {{members}} "model": "openai/gpt-6-luna" }, "openai/gpt-6-sol"]""").Deployments[0];
    }

    private static void AssertChanged(DeclaredProperty row, object expected, object before, object after)
    {
        foreach (PropertyInfo property in before.GetType().GetProperties().Where(property => property.Name is not ("Codec" or "Deployments" or "Platform" or "Prices")))
        {
            object? was = property.GetValue(before), @is = property.GetValue(after);
            if (property.Name != row.Target)
            {
                Assert.Equal(was, @is);
                continue;
            }

            Assert.NotEqual(was, @is);
            Assert.Equal(expected, @is);
        }
    }

    // A value that is no default, as JSON and as definitions have it.
    private static (string Json, object Value) ValueOf(DeclaredProperty row) => row.Type switch
    {
        DeclaredType.Integer => row.Bounds == NumberBounds.Bytes ? ("123456", 123456) : ("7", 7),
        DeclaredType.Number when row.Unit is DeclaredUnit.Seconds => ("7.5", TimeSpan.FromSeconds(7.5)),
        DeclaredType.Number when row.Unit is DeclaredUnit.Usd => ("12.34", 12.34m),
        DeclaredType.Number => ("0.25", 0.25),
        DeclaredType.Boolean => ("true", true),
        DeclaredType.Text => ("\"here\"", "here"),
        DeclaredType.Texts => ("[\"a\", \"b\"]", new[] { "a", "b" }),
        DeclaredType.Strategy => ("\"lowestCost\"", RoutingStrategy.LowestCost),
        DeclaredType.BudgetPeriod => ("\"month\"", BudgetPeriod.Month),
        _ => throw new NotSupportedException($"The test has no value for {row.Type}."),
    };

    [Fact]
    public void What_is_not_stated_is_as_a_definition_has_it()
    {
        var usual = new GroupDefinition { Name = "fast", Deployments = [] };
        foreach (PropertyInfo property in typeof(GroupDefinition).GetProperties().Where(property => property.Name is not "Deployments")) Assert.Equal(property.GetValue(usual), property.GetValue(Declarations.Group(Deployments)));
        Assert.Equal((int)Declared.RoutingStrategy.LowestCost, (int)RoutingStrategy.LowestCost);
    }
}
