using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>A model in the options chooses among the deployments that have it, or the answer says that it does not.</summary>
public sealed class ModelIdTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData("b")]
    [InlineData("model-b")]
    [InlineData("plain/model-b")]
    public async Task The_deployment_of_that_name_or_model_answers(string model)
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("from a")).On("b", FakeTransport.Text("from b"));

        RoutedResponse reply = await group.CompleteAsync("Hi", new ChatOptions { ModelId = model });

        Assert.Equal("from b", reply.Text);
        Assert.Null(LeftOut(reply));
    }

    [Fact]
    public async Task A_stream_likewise()
    {
        TestGroup group = Group();
        Transport.On("b", FakeTransport.Events("from b", "[end]"));

        ChatResponse reply = await group.StreamAsync("Hi", new ChatOptions { ModelId = "model-b" }).ToChatResponseAsync();

        Assert.Equal("from b", reply.Text);
        Assert.Equal(["b"], Transport.Asked);
    }

    [Fact]
    public async Task As_a_chat_client_too()
    {
        IChatClient group = Group();
        Transport.On("b", FakeTransport.Text("from b"));

        Assert.Equal("from b", (await group.GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { ModelId = "b" })).Text);
    }

    [Fact]
    public async Task Several_of_one_model_fail_over_among_themselves_and_to_no_other()
    {
        TestGroup group = Group();
        group.General = [_router.Group(TestRouter.Deployment("z"))];
        Transport.On("b", FakeTransport.Text("!Overloaded")).On("c", FakeTransport.Text("from c"));
        Assert.Equal("from c", (await group.CompleteAsync("Hi", new ChatOptions { ModelId = "model-b" })).Text);
        Assert.Equal(["b", "c"], Transport.Asked);

        Transport.On("c", FakeTransport.Text("!AuthenticationFailed"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxWait = TimeSpan.Zero }, new ChatOptions { ModelId = "model-b" }));
        Assert.DoesNotContain("a", Transport.Asked);
        Assert.DoesNotContain("z", Transport.Asked);
    }

    [Theory]
    [InlineData("gpt-of-another-house")]
    [InlineData("other/model-b")]
    [InlineData("plain/model")]
    [InlineData("shadow")]
    public async Task A_model_that_the_group_does_not_have_is_left_out_and_told(string model)
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("from a"));

        RoutedResponse reply = await group.CompleteAsync("Hi", new ChatOptions { ModelId = model });

        Assert.Equal("from a", reply.Text);
        Assert.Equal(["model: left out, the group's deployments are asked as if none was named"], LeftOut(reply)!);
    }

    [Fact]
    public async Task The_groups_own_name_is_any_of_it()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("from a"));

        Assert.Null(LeftOut(await group.CompleteAsync("Hi", new ChatOptions { ModelId = "test" })));
    }

    [Fact]
    public async Task A_deployment_that_the_call_states_goes_before_it()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("from a"));

        RoutedResponse reply = await group.CompleteAsync("Hi", new CallOptions { Deployment = "a" }, new ChatOptions { ModelId = "b" });

        Assert.Equal("from a", reply.Text);
        Assert.NotNull(LeftOut(reply));
    }

    private TestGroup Group() => _router.Group(Make("a", "model-a", 0), Make("b", "model-b", 1), Make("c", "model-b", 2), Make("shadow", "model-s", 0, mirrorShare: 0.000001));

    private static DeploymentDefinition Make(string name, string model, int order, double mirrorShare = 0) => new()
    {
        Name = name,
        Provider = "plain",
        Model = model,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainCodec(),
        Order = order,
        MirrorShare = mirrorShare,
    };

    private static string[]? LeftOut(ChatResponse reply) =>
        reply.AdditionalProperties?.TryGetValue(RoutedResponse.LeftOutProperty, out object? notes) is true ? Assert.IsType<string[]>(notes) : null;
}
