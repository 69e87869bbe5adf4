using System.Net;
using System.Net.Sockets;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Clients;

/// <summary>What exceptions of clients mean.</summary>
public sealed class ClientFailureTests
{
    private readonly ScriptedClient _client = new();

    public static TheoryData<Exception, FailureKind> Exceptions() => new()
    {
        { Status(HttpStatusCode.BadRequest), FailureKind.InvalidRequest },
        { Status(HttpStatusCode.Unauthorized), FailureKind.AuthenticationFailed },
        { Status(HttpStatusCode.PaymentRequired), FailureKind.QuotaExhausted },
        { Status(HttpStatusCode.Forbidden), FailureKind.PermissionDenied },
        { Status(HttpStatusCode.NotFound), FailureKind.ModelNotFound },
        { Status(HttpStatusCode.RequestEntityTooLarge), FailureKind.Unsupported },
        { Status(HttpStatusCode.TooManyRequests), FailureKind.RateLimited },
        { Status(HttpStatusCode.InternalServerError), FailureKind.ServerError },
        { Status(HttpStatusCode.ServiceUnavailable), FailureKind.Overloaded },
        { Status(HttpStatusCode.GatewayTimeout), FailureKind.Timeout },
        { Status(HttpStatusCode.Redirect), FailureKind.Redirected },
        { new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException(111)), FailureKind.ConnectionFailed },
        { new IOException("cut"), FailureKind.ConnectionFailed },
        { new TimeoutException(), FailureKind.Timeout },
        { new TaskCanceledException("", new TimeoutException()), FailureKind.Timeout },
        { new NotSupportedException("no audio"), FailureKind.Unsupported },
        { new InvalidOperationException("wrapped", Status(HttpStatusCode.TooManyRequests)), FailureKind.RateLimited },
        { new AggregateException(new InvalidOperationException(), new IOException()), FailureKind.ServerError },
        { new RoutingException("all are busy", FailureKind.Overloaded), FailureKind.Overloaded },
        { new FormatException("of the client's own"), FailureKind.ServerError },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task An_exception_is_known_by_its_kind_and_by_what_is_behind_it(Exception thrown, FailureKind kind)
    {
        RoutingException exception = await FailAsync(new TestRouter(), thrown);

        Assert.Equal(kind, exception.Kind);
        Assert.Equal((thrown as HttpRequestException ?? thrown.InnerException as HttpRequestException)?.StatusCode, (HttpStatusCode?)exception.StatusCode);
    }

    [Fact]
    public async Task The_users_own_word_goes_first_and_may_say_when_to_come_back()
    {
        var router = new TestRouter(classify: static exception => exception is HttpRequestException ? new AttemptFailure(FailureKind.QuotaExhausted, "as I know it") { ErrorCode = "mine", RetryAfter = TimeSpan.FromSeconds(7) } : null);

        RoutingException exception = await FailAsync(router, Status(HttpStatusCode.BadRequest));

        Assert.Equal((FailureKind.QuotaExhausted, "mine"), (exception.Kind, exception.ErrorCode));
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(exception.Attempts).RetryAfter);
        Assert.Equal(FailureKind.Timeout, (await FailAsync(router, new TimeoutException())).Kind);
    }

    [Fact]
    public async Task A_word_that_throws_says_nothing() =>
        Assert.Equal(FailureKind.RateLimited, (await FailAsync(new TestRouter(classify: static _ => throw new InvalidOperationException()), Status(HttpStatusCode.TooManyRequests))).Kind);

    [Fact]
    public async Task A_limit_that_ended_is_the_failure_whatever_the_client_throws()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(_client.Deployment("a"));
        _client.Whole = static async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            throw new FormatException("what a client makes of a cancellation");
        };
        Task<RoutedResponse> call = group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(3) }, cancellationToken: TestContext.Current.CancellationToken);
        router.Time.Advance(TimeSpan.FromSeconds(3));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => call);

        Assert.Equal(FailureKind.Timeout, exception.Kind);
    }

    private async Task<RoutingException> FailAsync(TestRouter router, Exception thrown)
    {
        TestGroup group = router.Group(_client.Deployment("a"));
        _client.Whole = (_, _) => throw thrown;
        return await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static HttpRequestException Status(HttpStatusCode status) => new("refused", null, status);
}
