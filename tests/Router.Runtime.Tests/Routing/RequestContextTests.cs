using System.Net;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What a codec is told beside messages and options, and what it may add to a request beside the body.</summary>
public sealed class RequestContextTests
{
    private readonly TestRouter _router = new();

    [Fact]
    public async Task A_factory_is_given_the_group_in_each_attempt()
    {
        TestGroup group = _router.Group();
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.InternalServerError, "no")).On("b", FakeTransport.Text("yes"));
        List<IChatClient> given = [];
        ChatOptions options = Options(given);
        await group.GetResponseAsync([new(ChatRole.User, "Hi")], options, TestContext.Current.CancellationToken);
        Assert.NotEmpty(given);
        Assert.All(given, client => Assert.Same(group, client));

        given.Clear();
        _router.Transport.On("a", FakeTransport.Events("yes", "[end]")).On("b", FakeTransport.Events("yes", "[end]"));
        await group.GetStreamingResponseAsync([new(ChatRole.User, "Hi")], options, TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);
        Assert.Same(group, Assert.Single(given));
    }

    [Fact]
    public async Task A_header_that_a_codec_needs_goes_with_that_request_alone()
    {
        TestGroup group = _router.Group(deployments: 1);
        List<string> seen = [];
        _router.Transport.On("a", (request, cancellationToken) =>
        {
            seen.Add(request.Headers.TryGetValues(PlainCodec.RawHeader, out IEnumerable<string>? values) ? string.Join(",", values) : "");
            return FakeTransport.Text("yes")(request, cancellationToken);
        });
        await group.GetResponseAsync([new(ChatRole.User, "Hi")], Options([]), TestContext.Current.CancellationToken);
        await group.GetResponseAsync([new(ChatRole.User, "Hi")], null, TestContext.Current.CancellationToken);
        Assert.Equal(["raw", ""], seen);
    }

    private static ChatOptions Options(List<IChatClient> given) => new()
    {
        RawRepresentationFactory = client =>
        {
            given.Add(client);
            return "raw";
        },
    };
}
