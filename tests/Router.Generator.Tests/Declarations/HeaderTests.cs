namespace RouterGen.Generator.Tests;

/// <summary>Headers that a deployment states, and http to another machine.</summary>
public class HeaderTests
{
    private const string Attributes = """
        [ModelGroup("a")]
        [Deployment("openai/gpt-4o", Headers = ["OpenAI-Organization: $OPENAI_ORG", "X-Team:  blue, green ", "X-Price: $$5"])]
        [Deployment("anthropic/claude-haiku-4-5", Headers = ["anthropic-beta: context-1m-2025-08-07"])]
        """;

    private const string Json = """
        { "groups": { "a": { "deployments": [
            { "model": "openai/gpt-4o", "headers": { "OpenAI-Organization": "$OPENAI_ORG", "X-Team": "blue, green", "X-Price": "$$5" } },
            { "model": "anthropic/claude-haiku-4-5", "headers": { "anthropic-beta": "context-1m-2025-08-07" } }
        ] } } }
        """;

    [Fact]
    public void They_are_emitted_beside_those_of_the_wire_format_and_described_by_name()
    {
        string code = Verifier.Verify(ProblemFinder.Class(Attributes)).Files["Models.A.g.cs"];

        Assert.Contains("""Headers = [new("X-Team", "blue, green"), new("X-Price", "$5")],""", code);
        Assert.Contains("""HeaderVariables = [new("OpenAI-Organization", "OPENAI_ORG")],""", code);
        Assert.Contains("""Headers = [new("anthropic-version", "2023-06-01"), new("anthropic-beta", "context-1m-2025-08-07")],""", code);
        Assert.Contains("OpenAI-Organization, X-Team, X-Price", code);
    }

    [Fact]
    public void JSON_and_attributes_come_to_the_same_files() => Assert.Equal(
        Verifier.Verify(ProblemFinder.Class(Attributes)).Files,
        new Verifier { Sources = ["public static partial class Models;"], Files = [new UserFile(Json)] }.Verify().Files);

    [Fact]
    public void Deployments_that_differ_by_a_header_are_two() =>
        Assert.Empty(ProblemFinder.Find(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", Headers = ["OpenAI-Organization: $ORG"]), Deployment("anthropic/claude-haiku-4-5")]""")));

    [Theory]
    [InlineData("Authorization: $KEY", "'Authorization'", "is set by the router or its transport")]
    [InlineData("x-api-key: $KEY", "'x-api-key'", "is set by the router or its transport")]
    [InlineData("anthropic-version: 2024-01-01", "'anthropic-version'", "is set by the router or its transport")]
    [InlineData("content-type: text/plain", "'content-type'", "is set by the router or its transport")]
    [InlineData("Content-Length: 5", "'Content-Length'", "is set by the router or its transport")]
    [InlineData("HOST: example.com", "'HOST'", "is set by the router or its transport")]
    [InlineData("User-Agent: me", "'User-Agent'", "is set by the router or its transport")]
    [InlineData("Transfer-Encoding: chunked", "'Transfer-Encoding'", "is set by the router or its transport")]
    [InlineData("x-team", "number 2", "must be written as \"Name: value\" or \"Name: $VARIABLE\"")]
    [InlineData(": value", "number 2", "must be written as \"Name: value\" or \"Name: $VARIABLE\"")]
    [InlineData("x team: blue", "number 2", "must be written as \"Name: value\" or \"Name: $VARIABLE\"")]
    [InlineData("x-first: two", "'x-first'", "is stated twice")]
    [InlineData("x-team:", "'x-team'", "has no value")]
    [InlineData("x-team: $", "'x-team'", "names no environment variable behind the dollar sign; a value that begins with one is written with two")]
    [InlineData("x-team: $5 off", "'x-team'", "names no environment variable behind the dollar sign; a value that begins with one is written with two")]
    [InlineData("x-team: blue\\nHost: evil", "'x-team'", "has a character in its value that headers cannot have")]
    [InlineData("x-team: blau\\u00e9", "'x-team'", "has a character in its value that headers cannot have")]
    public void RG0120_a_header_cannot_be_sent(string header, string shown, string objection)
    {
        string source = ProblemFinder.Class($"""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5", Headers = ["X-First: one", "{header}"])]""");
        FoundProblem problem = ProblemFinder.Single(source);

        Assert.Equal(("RG0120", $"\"{header}\"", $"Header {shown} of deployment 'anthropic/claude-haiku-4-5' {objection}"), (problem.Id, problem.Text, problem.Message));
        Assert.DoesNotContain("\"x-team\"", Verifier.VerifyDespite(["RG0120"], source).Files["Models.A.g.cs"]);
    }

    [Theory]
    [InlineData("X-Gateway: sk-proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0")]
    [InlineData("X-Gateway: Bearer sk-proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0")]
    [InlineData("X-Gateway: $sk-proj-9f8e7d6c5b4a39281706f5e4d3c2b1a0")]
    [InlineData("X-Portkey-Api-Key: short")]
    [InlineData("x-session-token: short")]
    [InlineData("Cookie: a=b")]
    public void RG0111_a_secret_stands_in_the_source(string header)
    {
        string source = ProblemFinder.Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Headers = ["{header}"])]""");
        FoundProblem problem = ProblemFinder.Single(source);

        Assert.Equal(("RG0111", $"\"{header}\""), (problem.Id, problem.Text));
        Assert.Contains(": $VARIABLE", problem.Message);
        Assert.DoesNotContain("9f8e7d6c", problem.Message);
        Assert.DoesNotContain("Headers", Verifier.VerifyDespite(["RG0111"], source).Files["Models.A.g.cs"]);
    }

    [Fact]
    public Task A_file_is_told_at_the_value() => AnalyzerVerifier.VerifyJsonAsync(
        """{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "headers": { "X-Team": "blue", "Host": {|RG0120:"example.com"|} } }] } } }""", "",
        "Header 'Host' of deployment 'openai/gpt-4o' is set by the router or its transport");

    [Theory]
    [InlineData("{|RG0203:[\"X-Team: blue\"]|}")]
    [InlineData("{|RG0203:{ \"X-Team\": 5 }|}")]
    public Task A_file_states_an_object(string value) => AnalyzerVerifier.VerifyJsonAsync(
        $$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "headers": {{value}} }] } } }""", "",
        "'headers' must be an object with a string for each header");

    [Fact]
    public void Http_to_another_machine_has_to_be_allowed()
    {
        string code = Verifier.Verify(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "http://llm.internal:8000/v1", AllowInsecureHttp = true)]""")).Files["Models.A.g.cs"];
        Assert.Contains("Endpoint = \"http://llm.internal:8000/v1\",", code);
        Assert.Contains("AllowInsecureHttp = true,", code);
        Assert.Equal("RG0114", ProblemFinder.Single(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "http://llm.internal:8000/v1", AllowInsecureHttp = false)]""")).Id);
        Assert.Equal("RG0114", ProblemFinder.Single(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "ftp://llm.internal", AllowInsecureHttp = true)]""")).Id);
    }
}
