using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Definitions;
using RouterGen.Dynamic.Files;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>Texts that declare groups, and what is made of them.</summary>
internal static class Declarations
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a text without errors.</summary>
    public static IReadOnlyList<GroupSpec> Read(string json)
    {
        DeclaredFile file = DeclaredFile.Read("models.json", json, AsOf);
        string[] errors = [.. file.Problems.Where(problem => problem.IsError).Select(problem => problem.ToString())];
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        return file.Groups;
    }

    /// <summary>Reads the first group.</summary>
    public static GroupDefinition Group(string members) => DefinitionMaker.Make(Read($$"""{ "groups": { "fast": { {{members}} } } }""")[0]);

    /// <summary>Reads the deployment of a provider.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="model">The model; empty for one that the provider has.</param>
    /// <param name="members">Further members.</param>
    public static DeploymentDefinition Deployment(ProviderRow provider, string model, string members) =>
        Group($$"""  "deployments": [{{Object(provider, model.Length > 0 ? model : provider.Models.Select(row => row.Name).FirstOrDefault() ?? "any", members)}}]""").Deployments[0];

    /// <summary>Writes a deployment, with an address where the provider has none.</summary>
    public static string Object(ProviderRow provider, string model, params string[] members)
    {
        string[] all = [$"\"model\": \"{provider.Name}/{model}\"", .. provider.Endpoint is null ? ["\"endpoint\": \"https://models.example/v1\""] : Array.Empty<string>(), .. members];
        return "{ " + string.Join(", ", all) + " }";
    }
}
