using System.Text.RegularExpressions;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;

namespace RouterGen.Generator.Tests;

using CallKind = RouterGen.Declarations.Model.CallKind;

/// <summary>Each provider's own row, from the table to the code that a program with one deployment gets.</summary>
public class ProviderRowTests
{
    public static TheoryData<string> Names { get; } = new(ModelCatalog.Default.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_base_URL_is_secure_or_on_this_machine(string name)
    {
        string endpoint = Regex.Replace(Find(name).Endpoint!, "\\{.*?\\}", "part");

        Assert.Equal(endpoint, Endpoints.Normalize(endpoint, out string objection));
        Assert.Equal("", objection);
        Assert.False(Endpoints.IsClearText(endpoint));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_are_named_as_variables_are(string name)
    {
        ProviderRow provider = Find(name);

        Assert.All([provider.KeyVariable, provider.EndpointVariable], variable => Assert.Matches("^[A-Z][A-Z0-9_]*$", variable ?? "NONE"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_a_server_on_this_machine_or_a_cloud_with_credentials_needs_no_key(string name)
    {
        ProviderRow provider = Find(name);

        Assert.True(provider.KeyVariable is not null || provider.Platform is { Package: not null, TakesKeys: false } || Endpoints.IsLoopback(provider.Endpoint!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_line_is_a_program(string name)
    {
        ProviderRow provider = Find(name);
        ModelRow? model = provider.Models.FirstOrDefault(model => model.Kind is CallKind.Chat) ?? provider.Models.FirstOrDefault();
        string source = ProblemFinder.Class($"""[ModelGroup("any"), Deployment("{name}/{model?.Name ?? "some-model"}")]""");

        // A provider that serves whatever it is given has no price list here.
        bool isPriced = (model?.Prices ?? provider.UnlistedPrices) is not null || Endpoints.IsLoopback(provider.Endpoint!);
        string code = Verifier.VerifyDespite([.. isPriced ? Array.Empty<string>() : ["RG0115"], .. provider.Platform is { TakesKeys: false } ? ["RG0122"] : Array.Empty<string>()], source).Files["Models.Any.g.cs"];
        Assert.Contains($"Provider = \"{provider.Name}\",", code);
        string endpoint = provider.EndpointParts.Aggregate(provider.Endpoint!, (url, part) => url.Replace($"{{{part.Key}}}", $"{{{string.Join("|", part.Value)}}}"));
        Assert.Contains($"Endpoint = \"{endpoint}\",", code);
        Assert.Equal(provider.KeyVariable, Property(code, "KeyVariable"));
        Assert.Equal(provider.EndpointVariable, Property(code, "EndpointVariable"));
    }

    [Fact]
    public void A_server_on_this_machine_costs_nothing() => Assert.Contains(
        "Prices = new(new(Input: 0m, Output: 0m, CacheRead: 0m, CacheWrite: 0m)),",
        Verifier.Verify(ProblemFinder.Class("""[ModelGroup("any"), Deployment("hosted_vllm/some-model")]""")).Files["Models.Any.g.cs"]);

    [Fact]
    public void A_price_that_is_stated_is_believed() => Assert.Contains(
        "Prices = new(new(Input: 2m, Output: 0m, CacheRead: 2m, CacheWrite: 2m)),",
        Verifier.Verify(ProblemFinder.Class("""[ModelGroup("any"), Deployment("ollama/some-model", InputPrice = 2)]""")).Files["Models.Any.g.cs"]);

    [Fact]
    public void A_price_that_nobody_knows_is_none() => Assert.DoesNotContain(
        "Prices",
        Verifier.VerifyDespite(["RG0115"], ProblemFinder.Class("""[ModelGroup("any"), Deployment("huggingface/some/model")]""")).Files["Models.Any.g.cs"]);

    [Fact]
    public void A_server_that_takes_no_key_takes_none_elsewhere() => Assert.DoesNotContain(
        "KeyVariable",
        Verifier.Verify(ProblemFinder.Class("""[ModelGroup("any"), Deployment("ollama/some-model", Endpoint = "https://ollama.example/v1")]""")).Files["Models.Any.g.cs"]);

    [Fact]
    public void An_alias_is_near_to_what_was_meant() =>
        Assert.Contains("did you mean 'fireworks/some-model'?", ProblemFinder.Single(ProblemFinder.Class("""[ModelGroup("any"), Deployment("firework/some-model")]""")).Message);

    private static ProviderRow Find(string name) => ModelCatalog.Default.Find(name)!;

    private static string? Property(string code, string name) => Regex.Match(code, $" {name} = \"([^\"]*)\"") is { Success: true } match ? match.Groups[1].Value : null;
}
