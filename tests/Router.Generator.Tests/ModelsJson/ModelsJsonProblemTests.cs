using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests;

/// <summary>RG02xx, and the problems of declarations, at their places in the file.</summary>
public class ModelsJsonProblemTests
{
    private const string Sound = """{ "class": "Models", "groups": { "a": { "maxAttempts": 2, "deployments": ["openai/gpt-4o", { "model": "anthropic/claude-haiku-4-5" }] } } }""";

    [Fact]
    public Task A_sound_file_has_no_problem() => AnalyzerVerifier.VerifyJsonAsync(Sound);

    [Fact]
    public Task A_sound_file_beside_code_has_no_problem() => AnalyzerVerifier.VerifyJsonAsync(Sound, """
        using RouterGen;
        [ModelGroup("b", Fallbacks = ["a"]), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o-mini", Group = "a")]
        static partial class Models;
        """);

    [Fact]
    public Task RG0201_syntax() => AnalyzerVerifier.VerifyJsonAsync(
        """
        { "groups": {
            "a": { "deployments": ["openai/gpt-4o", {|RG0201:nope|}] },
            "b": { "deployments": ["openai/gpt-4o"] }
        } }
        """,
        "",
        "JSON syntax error at line 2, column 45: expected a value; text must be in double quotes");

    [Theory]
    [InlineData("""{ {|RG0202:"group"|}: {} }""", "group", "groups")]
    [InlineData("""{ "groups": { "a": { {|RG0202:"timeout_seconds"|}: 1, "deployments": ["openai/gpt-4o"] } } }""", "timeout_seconds", "timeoutSeconds")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", {|RG0202:"Rpm"|}: 1 }] } } }""", "Rpm", "rpm")]
    [InlineData("""{ "providers": { "p": { "dialect": "openAIChat", {|RG0202:"endPoint"|}: "https://p" } } }""", "endPoint", "endpoint")]
    public Task RG0202_unknown_property(string json, string name, string nearest) =>
        AnalyzerVerifier.VerifyJsonAsync(json, "", $"Property '{name}' is unknown here; did you mean '{nearest}'?");

    [Theory]
    [InlineData("""{ "class": {|RG0203:"not a name"|} }""", "'class' must be the name of a class, with or without its namespace")]
    [InlineData("""{ "groups": {|RG0203:[]|} }""", "'groups' must be an object")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "maxAttempts": {|RG0203:1.5|} } } }""", "'maxAttempts' must be a whole number")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "timeoutSeconds": {|RG0203:"1"|} } } }""", "'timeoutSeconds' must be a number")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "fallbacks": {|RG0203:"b"|} } } }""", "'fallbacks' must be an array of strings")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "fallbacks": ["a1", {|RG0203:2|}] }, "a1": { "deployments": ["openai/gpt-4o"] } } }""", "'fallbacks[1]' must be a string")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "supports": ["tools", {|RG0203:"magic"|}] }] } } }""", "'supports[1]' must be \"none\", \"tools\", \"jsonSchema\", \"vision\", \"audio\", \"documents\", \"webSearch\", \"codeInterpreter\" or \"mcpServers\"")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o", {|RG0203:17|}] } } }""", "'deployments[1]' must be an object, or \"provider/model\"")]
    [InlineData("""{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "gpt-4o" } }, {|RG0203:"b"|}] }""", "'model_list[1]' must be an object")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "name": {|RG0203:null|} }] } } }""", "'name' must be a string")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "strategy": {|RG0203:"fastest"|} } } }""", "'strategy' must be \"default\", \"adaptive\", \"weighted\", \"leastBusy\", \"lowestLatency\", \"lowestUsage\" or \"lowestCost\"")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "hedge": {|RG0203:1|} } } }""", "'hedge' must be true or false")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "policy": {|RG0203:"My Policy(), 1"|} } } }""", "'policy' must be the name of a class, with its namespace")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"], "budget": 1, "budgetPeriod": {|RG0203:"week"|} } } }""", "'budgetPeriod' must be \"minute\", \"hour\", \"day\" or \"month\"")]
    [InlineData("""{ "providers": { "p": { "dialect": {|RG0203:"soap"|} } } }""", "'dialect' must be \"openAIChat\", \"anthropicMessages\" or \"bedrockConverse\"")]
    public Task RG0203_wrong_value(string json, string message) => AnalyzerVerifier.VerifyJsonAsync(json, "", message);

    [Theory]
    [InlineData("""[ModelGroup("a", MaxAttempts = 3), Deployment("openai/gpt-4o")]""", """{ "maxAttempts": {|RG0205:2|} }""", "Model group 'a' has another MaxAttempts in User0.cs: state it in one place only")]
    [InlineData("""[ModelGroup("a"), Deployment("openai/gpt-4o", Rpm = 1)]""", """{ "deployments": [{ "model": "openai/gpt-4o", "rpm": {|RG0205:2|} }] }""", "Deployment 'openai/gpt-4o' of model group 'a' has another Rpm in User0.cs: state it in one place only")]
    public Task RG0205_declared_differently(string attributes, string group, string message) =>
        AnalyzerVerifier.VerifyJsonAsync($$"""{ "groups": { "a": {{group}} } }""", ProblemFinder.Class(attributes), message);

    [Fact]
    public Task RG0205_is_silent_where_both_say_the_same() => AnalyzerVerifier.VerifyJsonAsync(
        """{ "groups": { "a": { "maxAttempts": 2, "fallbacks": ["b"], "deployments": [{ "model": "openai/gpt-4o", "rpm": 1 }] } } }""",
        ProblemFinder.Class("""[ModelGroup("a", MaxAttempts = 2, Fallbacks = ["b"]), Deployment("openai/gpt-4o", Rpm = 1, Group = "a"), ModelGroup("b"), Deployment("openai/gpt-4o", Group = "b")]"""));

    [Theory]
    [InlineData("""{ "groups": { {|RG0002:"a"|}: {} } }""")]
    [InlineData("""{ "groups": { "a-b": { "deployments": ["openai/gpt-4o"] }, {|RG0003:"a_b"|}: { "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "fallbacks": ["a1", {|RG0006:"a2"|}], "deployments": ["openai/gpt-4o"] }, "a1": { "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "fallbacks": [{|RG0007:"a"|}], "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{|RG0101:"antropic/claude-haiku-4-5"|}] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{|RG0102:"anthropic/claude-haiku-4.5"|}] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{|RG0103:"openai/gpt-4-0613"|}] } } } // Built on 2026-10-22""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{|RG0104:"openai/gpt-4-0613"|}] } } } // Built on 2026-10-23""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "weight": {|RG0105:0|} }] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "tpm": {|RG0108:-1|} }] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4o", {|RG0110:"openai/gpt-4o"|}] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "apiKeyEnv": {|RG0111:"sk-proj-0123456789abcdef"|} }] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "endpoint": {|RG0114:"http://example.com"|} }] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": {|RG0112:"p/m"|} }] } }, "providers": { "p": { "dialect": "openAIChat", "endpoint": "https://p" } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": {|RG0113:"p/m"|} }] } }, "providers": { "p": { "dialect": "openAIChat", "apiKeyEnv": "K" } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": {|RG0115:"huggingface/org/m"|}, "outputPrice": 1 }] } } }""")]
    [InlineData("""{ "groups": { {|RG0009:"a"|}: { "deployments": ["openai/gpt-4o", "openai/text-embedding-3-small"] } } }""")]
    [InlineData("""{ "groups": { {|RG0106:"a"|}: { "deployments": [{ "model": "openai/gpt-4o", "weight": 2 }, { "model": "anthropic/claude-haiku-4-5", "weight": 3 }] } } }""")]
    [InlineData("""{ "groups": { "a": { "policy": {|RG0012:"Shop.Nowhere"|}, "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "policy": {|RG0012:"System.Uri"|}, "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "strategy": {|RG0107:"leastBusy"|}, "deployments": [{ "model": "openai/gpt-4o", "weight": 1 }] } } }""")]
    [InlineData("""{ "groups": { "a": { "hedge": true, "hedgeLimit": {|RG0108:1.5|}, "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": {|RG0116:"huggingface/org/m"|}, "budget": 1 }] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "tags": ["eu", {|RG0111:"sk-proj-0123456789abcdef"|}] }] } } }""")]
    [InlineData("""{ "groups": { "a": { "contextWindowFallbacks": [{|RG0008:"b"|}], "deployments": ["anthropic/claude-haiku-4-5"] }, "b": { "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { {|RG0010:"a"|}: { "deployments": ["openai/text-embedding-3-small", "mistral/mistral-embed"] } } }""")]
    [InlineData("""{ "groups": { {|RG0011:"a"|}: { "deployments": ["openai/gpt-4o", "openai/gpt-4.1"] } } }""")]
    [InlineData("""{ "groups": { "a": { "hedgeLimit": {|RG0014:0.1|}, "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "maxAttempts": 7, "attemptTimeoutSeconds": {|RG0013:100|}, "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "tpm": {|RG0109:999|}, "maxOutputTokens": 1000 }] } } }""")]
    [InlineData("""{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "openai/o3", {|RG0117:"temperature"|}: 0, "custom_llm_provider": "openai" } }] }""")]
    public Task Problems_of_declarations_are_told_at_their_place(string json) => AnalyzerVerifier.VerifyJsonAsync(json);

    [Theory]
    [InlineData("{|RG0012:\"Other.Hidden\"|}", "it must be accessible to the class with the group")]
    [InlineData("{|RG0012:\"Other.Shielded\"|}", "it must be accessible to the class with the group")]
    [InlineData("{|RG0012:\"Other.Unmade\"|}", "it must not be abstract")]
    [InlineData("{|RG0012:\"Hidden\"|}", "no class of that name is found; write its full name, with its namespace")]
    [InlineData("\"Other.Seen\"", null)]
    [InlineData("\"Models.Own\"", null)]
    public Task RG0012_a_policy_that_a_file_names_is_looked_at(string policy, string? reason) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "groups": { "a": { "policy": {{policy}}, "deployments": ["openai/gpt-4o"] } } }""",
        """
        using RouterGen;
        abstract class First : SelectionPolicy { public override int Pick(in SelectionContext context) => 0; }
        class Other
        {
            private class Hidden : First;
            protected class Shielded : First;
            internal abstract class Unmade : First;
            internal class Seen : First;
        }
        static partial class Models { private class Own : First; }
        """,
        reason is null ? [] : [$"Model group 'a' cannot choose by '{policy.Split('"')[1]}': {reason}"]);

    [Fact]
    public async Task What_is_wrong_in_code_is_told_there_and_once()
    {
        var verifier = new Verifier { Sources = [ProblemFinder.Class("""[ModelGroup("b", Fallbacks = ["c"])]""")], Files = [new UserFile(Sound), new UserFile(Sound, "x/models.json")] };

        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync(verifier.Run(out _).Compilation, verifier);

        Assert.Equal(["RG0002", "RG0006"], reported.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
        Assert.All(reported, diagnostic => Assert.Equal(LocationKind.SourceFile, diagnostic.Location.Kind));
    }

    [Fact]
    public async Task A_class_in_code_must_be_partial_for_its_file()
    {
        var verifier = new Verifier { Sources = ["static class Models { }"], Files = [new UserFile(Sound)] };

        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync(verifier.Compile(), verifier));

        Assert.Equal("RG0001", reported.Id);
    }

    [Fact]
    public async Task Severity_is_the_projects_to_choose()
    {
        var verifier = new Verifier { Sources = [""], Files = [new UserFile("""{ "class": "Models", "nope": 1 }""")] };
        Compilation compilation = verifier.Compile();
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("RG0202", ReportDiagnostic.Suppress)]));

        Assert.Empty(await AnalyzerVerifier.AnalyzeAsync(compilation, verifier));
    }
}
