using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What routing options refuse, and how they reach a call.</summary>
public sealed class RoutingOptionsTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public void What_makes_no_sense_is_refused_by_its_name_when_it_is_set()
    {
        Refused(nameof(CallOptions.Timeout), () => new CallOptions { Timeout = TimeSpan.Zero });
        Refused(nameof(CallOptions.Timeout), () => new CallOptions { Timeout = Timeout.InfiniteTimeSpan });
        Refused(nameof(CallOptions.MaxAttempts), () => new CallOptions { MaxAttempts = 0 });
        Refused(nameof(CallOptions.MaxAttempts), () => new CallOptions { MaxAttempts = -1 });
        Refused(nameof(CallOptions.Strategy), () => new CallOptions { Strategy = (RoutingStrategy)99 });
        Refused(nameof(CallOptions.TagMatch), () => new CallOptions { TagMatch = (TagMatch)(-1) });
        Refused(nameof(CallOptions.Retries), () => new CallOptions { Retries = new Dictionary<FailureKind, int> { [FailureKind.Timeout] = -1 } });
        Refused(nameof(CallOptions.Retries), () => new CallOptions { Retries = new Dictionary<FailureKind, int> { [(FailureKind)77] = 1 } });

        static void Refused(string property, Func<CallOptions> make) => Assert.Equal(property, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);
    }

    [Fact]
    public void Null_is_no_list()
    {
        Assert.Equal(nameof(CallOptions.Tags), Assert.Throws<ArgumentNullException>(() => new CallOptions { Tags = null! }).ParamName);
        Assert.Equal(nameof(CallOptions.ExcludedTags), Assert.Throws<ArgumentNullException>(() => new CallOptions { ExcludedTags = null! }).ParamName);
        Assert.Equal(nameof(CallOptions.Tags), Assert.Throws<ArgumentException>(() => new CallOptions { Tags = ["paid", null!] }).ParamName);
        Assert.Equal(nameof(CallOptions.ExcludedTags), Assert.Throws<ArgumentException>(() => new CallOptions { ExcludedTags = [""] }).ParamName);
        Assert.Equal(nameof(CallOptions.ApiKeys), Assert.Throws<ArgumentNullException>(() => new CallOptions { ApiKeys = null! }).ParamName);
        Assert.Equal(nameof(CallOptions.Properties), Assert.Throws<ArgumentNullException>(() => new CallOptions { Properties = null! }).ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("sk-secret\r\nX-Evil: 1")]
    [InlineData("sk secret")]
    [InlineData("sk-sécret")]
    [InlineData("sk-secret\0")]
    [InlineData(null)]
    public void A_key_that_no_header_can_carry_is_refused_and_not_told(string? key)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = key! } });
        Assert.Equal(nameof(CallOptions.ApiKeys), refused.ParamName);
        Assert.DoesNotContain("cret", refused.ToString());
    }

    [Fact]
    public void Keys_are_copied_trimmed_found_whatever_the_case_and_never_serialized()
    {
        var keys = new Dictionary<string, string> { ["Plain"] = " sk-own\n" };
        var routing = new CallOptions { ApiKeys = keys };
        keys["plain"] = "sk-other\r\n";

        Assert.Equal("sk-own", routing.KeyFor("plain"));
        Assert.Null(routing.KeyFor("anthropic"));
        Assert.DoesNotContain("sk-own", JsonSerializer.Serialize(routing));
        Assert.DoesNotContain("sk-own", routing.ToString());
        Assert.Throws<ArgumentException>(() => new CallOptions { ApiKeys = new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" } });
    }

    [Fact]
    public async Task Options_carry_routing_and_are_not_changed()
    {
        TestGroup group = _router.Group(2);
        _router.Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));
        var options = new ChatOptions { Temperature = 0.5f, AdditionalProperties = new() { ["mine"] = 1 } };

        ChatOptions routed = options.WithRouting(new CallOptions { Deployment = "b" });

        Assert.Single(options.AdditionalProperties);
        Assert.Equal((0.5f, 1), (routed.Temperature!.Value, (int)routed.AdditionalProperties!["mine"]!));
        for (int i = 0; i < 4; i++) Assert.Equal("b", (await group.CompleteAsync("Hi", routed)).Deployment);
        ChatResponse reply = await ((IChatClient)group).GetResponseAsync("Hi", ((ChatOptions?)null).WithRouting(new CallOptions { Deployment = "a" }));
        Assert.Equal("a", Assert.IsType<RoutedResponse>(reply).Deployment);

        // What the call itself says wins.
        Assert.Equal("a", (await group.CompleteAsync("Hi", new CallOptions { Deployment = "a" }, routed)).Deployment);
    }

    [Fact]
    public async Task Every_way_to_ask_takes_routing()
    {
        TestGroup group = _router.Group(2);
        _router.Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("b"));
        var routing = new CallOptions { Deployment = "b" };
        ChatMessage[] messages = [new(ChatRole.User, "Hi")];

        Assert.Equal("b", (await group.CompleteAsync("Hi", routing)).Text);
        Assert.Equal("b", (await group.CompleteAsync(messages, routing)).Text);
        Assert.Equal("b", group.Complete("Hi", routing).Text);
        Assert.Equal("b", group.Complete(messages, routing).Text);
        _router.Transport.On("b", FakeTransport.Events("b", "[end]"));
        Assert.Equal("b", (await group.StreamAsync("Hi", routing).ToChatResponseAsync()).Text);
        _router.Transport.On("b", FakeTransport.Events("b", "[end]"));
        Assert.Equal("b", (await group.StreamAsync(messages, routing).ToChatResponseAsync()).Text);
        Assert.DoesNotContain("a", _router.Transport.Asked);
    }

    [Fact]
    public void Null_means_chat_options_and_no_routing_is_refused()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("hello"));
        Assert.Equal("hello", group.Complete("Hi", null).Text);
        Assert.Throws<ArgumentNullException>(() => group.Complete("Hi", (CallOptions)null!));
    }

    [Fact]
    public void Something_else_in_its_place_is_told()
    {
        TestGroup group = _router.Group(1);
        var options = new ChatOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = "weighted" } };
        Assert.Contains("String", Assert.Throws<ArgumentException>(() => { _ = group.CompleteAsync("Hi", options); }).Message);
        Assert.Empty(_router.Transport.Asked);
    }
}
