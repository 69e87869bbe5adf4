using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Keys: how they are found, what a missing one does, and that they are seen nowhere.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task A_deployment_without_its_key_is_skipped_with_one_warning()
    {
        var logs = new RecordedLogs();
        var router = new TestRouter(new() { ["B_KEY"] = "sk-b" }, logs);
        TestGroup group = router.Group(TestRouter.Deployment("a", key: "A_KEY"), TestRouter.Deployment("b", key: "B_KEY"));
        router.Transport.On("b", FakeTransport.Text("hello"));

        for (int i = 0; i < 10; i++) Assert.Equal("b", (await group.CompleteAsync("Hi")).Deployment);

        Assert.Equal("A_KEY", Assert.Single(logs.Lines, line => line.Contains("A_KEY")).Split(' ').Single(word => word == "A_KEY"));
        Assert.Equal(DeploymentHealth.NotConfigured, group.Status[0].Health);
        Assert.Contains("A_KEY", group.Status[0].Problem);
        Assert.Equal("Bearer sk-b", router.Transport.Keys.First());
    }

    [Fact]
    public async Task Without_any_key_the_call_fails_and_names_each_variable()
    {
        var router = new TestRouter([]);
        TestGroup group = router.Group(TestRouter.Deployment("a", key: "A_KEY"), TestRouter.Deployment("b", key: "B_KEY"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("A_KEY", failure.Message);
        Assert.Contains("B_KEY", failure.Message);
        Assert.Null(failure.RetryAfter);
        Assert.Empty(failure.Attempts);
    }

    [Fact]
    public async Task No_key_is_seen_in_logs_exceptions_or_status_also_when_a_provider_echoes_it()
    {
        const string secret = "sk-very-secret-key-123";
        var logs = new RecordedLogs();
        var router = new TestRouter(new() { ["KEY"] = secret }, logs);
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.Unauthorized, $"Incorrect API key provided: {secret}."));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        string all = string.Join("\n", [failure.ToString(), failure.ProviderMessage, .. failure.Attempts.Select(attempt => attempt.ToString()), .. logs.Lines, group.ToString(), .. group.Deployments.Select(deployment => deployment.ToString()), .. group.Status.Select(status => status.ToString())]);
        Assert.DoesNotContain(secret, all);
        Assert.Contains("***", failure.Message);
        Assert.Contains(logs.Levels, level => level == LogLevel.Error);
    }

    [Fact]
    public async Task A_key_echoed_in_a_broken_stream_is_not_seen_either()
    {
        var router = new TestRouter(new() { ["KEY"] = "sk-very-secret" });
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Events("Hel", "!Overloaded sk-very-secret"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) { }
        });

        Assert.DoesNotContain("sk-very-secret", failure.ToString());
        Assert.Equal("***", failure.ProviderMessage);
    }

    [Fact]
    public void The_callers_messages_are_checked()
    {
        TestGroup group = new TestRouter().Group(1);
        Assert.Throws<ArgumentNullException>(() => { _ = group.CompleteAsync((string)null!); });
        Assert.Throws<ArgumentException>(() => { _ = group.CompleteAsync(Array.Empty<ChatMessage>()); });
        Assert.Throws<ArgumentException>(() => group.StreamAsync([]));
    }

    [Fact]
    public void A_group_is_a_chat_client()
    {
        TestGroup group = new TestRouter().Group(1);
        IChatClient client = group;
        Assert.Same(group, client.GetService<IChatClient>());
        Assert.Same(group, client.GetService<ChatGroup>());
        Assert.Equal("test", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "key"));
        Assert.Null(client.GetService<HttpClient>());
    }

    [Fact]
    public async Task Through_the_interface_the_answer_is_a_routed_one()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("hello"));

        ChatResponse reply = await ((IChatClient)group).GetResponseAsync("Hi");

        Assert.Equal("plain/a", Assert.IsType<RoutedResponse>(reply).ModelUsed);
    }
}
