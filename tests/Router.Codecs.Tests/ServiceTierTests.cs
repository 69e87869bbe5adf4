using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>The service tier of a request: the call's, else the deployment's, in the dialect's word; noted where it is left out.</summary>
public class ServiceTierTests
{
    private const string LeftOut = "service_tier: left out";

    /// <summary>What each dialect writes for each tier, the member and its value; null where it leaves the tier out. A new dialect needs a row.</summary>
    private static readonly Dictionary<string, Dictionary<ServiceTier, string>> Written = new()
    {
        ["openai"] = Words("service_tier", ("standard", "default"), ("flex", "flex"), ("priority", "priority")),
        ["responses"] = Words("service_tier", ("standard", "default"), ("flex", "flex"), ("priority", "priority")),
        ["anthropic"] = Words("service_tier", ("standard", "standard_only"), ("priority", "auto")),
        ["gemini"] = Words("service_tier", ("standard", "standard"), ("flex", "flex"), ("priority", "priority")),
        ["bedrock"] = new()
        {
            [ServiceTier.Standard] = "\"serviceTier\":{\"type\":\"default\"}",
            [ServiceTier.Flex] = "\"serviceTier\":{\"type\":\"flex\"}",
            [ServiceTier.Priority] = "\"serviceTier\":{\"type\":\"priority\"}",
        },
        ["cohere"] = [],
        ["ollama"] = [],
    };

    public static TheoryData<string, ServiceTier> Pairs
    {
        get
        {
            TheoryData<string, ServiceTier> pairs = [];
            foreach (string dialect in CodecWire.Names)
            {
                foreach (ServiceTier tier in Enum.GetValues<ServiceTier>()) pairs.Add(dialect, tier);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_deployments_tier_is_written_or_noted(string dialect, ServiceTier tier) => Check(dialect, tier, Write(dialect, tier, asked: null, ModelParameters.ServiceTier));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_calls_tier_is_written_or_noted(string dialect, ServiceTier tier) => Check(dialect, tier, Write(dialect, stated: null, tier, ModelParameters.ServiceTier));

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_calls_tier_goes_before_the_deployments(string dialect) =>
        Check(dialect, ServiceTier.Priority, Write(dialect, ServiceTier.Standard, ServiceTier.Priority, ModelParameters.ServiceTier));

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_model_that_is_not_known_to_take_a_tier_is_asked_for_none(string dialect)
    {
        (string body, List<string>? notes) = Write(dialect, stated: null, ServiceTier.Priority, ModelParameters.None);

        Assert.DoesNotContain("tier", body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([LeftOut], notes);
    }

    // Gemini's format is also that of Vertex AI, which has a header in its place: there a deployment that states a tier is not enough.
    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_deployment_that_states_a_tier_needs_no_more_to_be_known(string dialect)
    {
        (string body, List<string>? notes) = Write(dialect, ServiceTier.Priority, asked: null, ModelParameters.None);

        bool isWritten = dialect is not "gemini" && Written[dialect].ContainsKey(ServiceTier.Priority);
        Assert.Equal(isWritten, body.Contains("tier", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(isWritten ? null : [LeftOut], notes);
    }

    [Theory]
    [InlineData("openai", "auto", "\"service_tier\":\"auto\"")]
    [InlineData("responses", "auto", "\"service_tier\":\"auto\"")]
    [InlineData("anthropic", "auto", "\"service_tier\":\"auto\"")]
    [InlineData("gemini", "flex", "\"service_tier\":\"flex\"")]
    [InlineData("bedrock", "reserved", "\"serviceTier\":{\"type\":\"reserved\"}")]
    [InlineData("cohere", "auto", null)]
    [InlineData("ollama", "auto", null)]
    public void What_the_provider_calls_it_goes_before_it(string dialect, string name, string? expected)
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["service_tier"] = name } };

        (string body, List<string>? notes) = Write(dialect, ServiceTier.Standard, asked: null, ModelParameters.ServiceTier, options);

        if (expected is null) Assert.DoesNotContain("tier", body, StringComparison.OrdinalIgnoreCase);
        else Assert.Equal(body.IndexOf(expected[1..8], StringComparison.Ordinal), body.LastIndexOf(expected[1..8], StringComparison.Ordinal));
        if (expected is not null) Assert.Contains(expected, body);
        Assert.Equal(expected is null ? [LeftOut] : null, notes);
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void Without_a_tier_none_is_asked_for(string dialect)
    {
        (string body, List<string>? notes) = Write(dialect, stated: null, asked: null, ModelParameters.ServiceTier);

        Assert.DoesNotContain("tier", body, StringComparison.OrdinalIgnoreCase);
        Assert.Null(notes);
    }

    // Claude at Bedrock (InvokeModel) and Vertex AI, which have headers in the place of the member.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cloud_that_has_the_version_in_the_body_is_sent_no_tier(bool isAdditional)
    {
        var body = new RequestWriter();
        ChatOptions? options = isAdditional ? new() { AdditionalProperties = new() { ["service_tier"] = "auto" } } : null;
        var model = new ModelProfile("p", "m") { ServiceTier = ServiceTier.Priority, Parameters = ModelParameters.ServiceTier };

        Assert.Null(AnthropicRequest.Write(new ChatRequest(AnthropicWire.Asked.Messages, options, isStreaming: false), body, "{\"anthropic_version\":\"x\""u8, model));

        Assert.DoesNotContain("tier", Encoding.UTF8.GetString(body.WrittenMemory.Span));
        Assert.Equal([LeftOut], body.Notes);
    }

    private static Dictionary<ServiceTier, string> Words(string member, params (string Tier, string Word)[] words) =>
        words.ToDictionary(pair => Enum.Parse<ServiceTier>(pair.Tier, ignoreCase: true), pair => $"\"{member}\":\"{pair.Word}\"");

    private static void Check(string dialect, ServiceTier tier, (string Body, List<string>? Notes) request)
    {
        bool isWritten = Written[dialect].TryGetValue(tier, out string? expected);
        if (isWritten) Assert.Contains(expected!, request.Body);
        else Assert.DoesNotContain("tier", request.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(isWritten ? null : [LeftOut], request.Notes);
    }

    private static (string Body, List<string>? Notes) Write(string dialect, ServiceTier? stated, ServiceTier? asked, ModelParameters parameters, ChatOptions? options = null)
    {
        var model = new ModelProfile("p", "m") { ServiceTier = stated, Parameters = parameters };
        var request = new ChatRequest([new ChatMessage(ChatRole.User, "Hi")], options, isStreaming: false) { AskedTier = asked };
        Assert.Null(CodecWire.Write(dialect, request, model, out RequestWriter body));
        using JsonDocument valid = JsonDocument.Parse(body.WrittenMemory);
        return (Encoding.UTF8.GetString(body.WrittenMemory.Span), body.Notes);
    }
}
