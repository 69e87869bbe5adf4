using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>The model in the path, addresses of their own for streams, and signatures over the body.</summary>
public sealed class SigningTests
{
    private readonly TestRouter _router = new(new() { ["KEY"] = "secret-of-the-router" });
    private readonly List<HttpRequestMessage> _requests = [];

    [Fact]
    public async Task A_whole_answer_and_a_stream_have_addresses_of_their_own()
    {
        TestGroup group = Group();
        _router.Transport.On("a", Answer(FakeTransport.Text("Hello")), Answer(FakeTransport.Events("Hello", "[end]")));

        await group.CompleteAsync("Hi");
        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) _ = update;

        Assert.Equal(["https://a/v1/models/large%3A1:answer", "https://a/v1/models/large%3A1:stream?alt=frames"], _requests.Select(static request => request.RequestUri!.AbsoluteUri));
    }

    [Fact]
    public async Task The_model_need_not_be_in_the_body()
    {
        TestGroup group = Group();
        string? body = null;
        _router.Transport.On("a", async (request, _) =>
        {
            body = Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync());
            return new HttpResponseMessage { Content = new StringContent("Hello") };
        });

        await group.CompleteAsync("Hi");

        Assert.Equal("""{"text":"Hi"}""", body);
    }

    [Fact]
    public async Task Requests_are_signed_as_they_are_sent_and_anew_where_they_are_sent_again()
    {
        TestGroup group = Group();
        var stale = new HttpRequestException(HttpRequestError.ResponseEnded, "closed", new HttpIOException(HttpRequestError.ResponseEnded));
        _router.Transport.On("a", Answer(FakeTransport.Text("warm")), Answer(FakeTransport.After(_router.Time, TimeSpan.FromMilliseconds(40), FakeTransport.Throw(stale))), Answer(FakeTransport.Text("Hello")));

        await group.CompleteAsync("Hi");
        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Single(reply.Attempts);
        Assert.Equal(3, _requests.Count);
        Assert.NotEqual(_requests[1].Headers.GetValues(SigningPlatform.TimeHeader), _requests[2].Headers.GetValues(SigningPlatform.TimeHeader));
    }

    [Fact]
    public async Task A_key_of_the_callers_own_signs_its_requests()
    {
        TestGroup group = Group();
        bool isSigned = false;
        _router.Transport.On("a", async (request, _) =>
        {
            isSigned = await SigningPlatform.IsSignedAsync(request, "secret-of-the-caller");
            return new HttpResponseMessage { Content = new StringContent("Hello") };
        });

        await group.CompleteAsync("Hi", new ChatOptions().WithRouting(new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "secret-of-the-caller" } }));

        Assert.True(isSigned);
    }

    [Fact]
    public async Task What_signs_is_in_no_message()
    {
        TestGroup group = Group();
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Forbidden, "The key secret-of-the-router may not do that."));

        RoutingException refused = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Contains("The key *** may not do that.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_said_to_be_the_endpoints_fault()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", endpoint: "ftp://elsewhere", platform: new SigningPlatform("large")));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("its endpoint must be an absolute https URL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_signed_is_not_sent_in_clear_text()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", endpoint: "http://elsewhere", platform: new SigningPlatform("large")));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Contains("its endpoint would send the key in clear text: use https", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authorizer_that_throws_fails_the_attempt_and_not_the_call()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", platform: new BrokenPlatform()), TestRouter.Deployment("b", order: 1));
        _router.Transport.On("b", FakeTransport.Text("Hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("b", reply.Deployment);
        Assert.Equal(FailureKind.AuthenticationFailed, reply.Attempts[0].Outcome);
        Assert.Equal(["b"], _router.Transport.Asked);
    }

    private TestGroup Group() =>
        _router.Group(TestRouter.Deployment("a", endpoint: "https://a/v1/", platform: new SigningPlatform("large:1"), codec: new PlainCodec { Prefix = "{" }));

    /// <summary>An answer to a request that is signed.</summary>
    private FakeTransport.Reply Answer(FakeTransport.Reply reply) => async (request, cancellationToken) =>
    {
        _requests.Add(request);
        Assert.True(await SigningPlatform.IsSignedAsync(request, "secret-of-the-router"));
        return await reply(request, cancellationToken);
    };

    private sealed class BrokenPlatform : Platform
    {
        public override Authorizer CreateAuthorizer(string? key, PlatformContext context) => new Broken();

        private sealed class Broken : Authorizer
        {
            public override string? Identity => null;

            public override IReadOnlyList<string> SecretTexts => [];

            public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request) => throw new InvalidOperationException("no certificate");
        }
    }
}
