using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class RedactedExceptionTests
{
    private const string Key = "sk-secret-0123456789";

    private readonly Credentials _credentials = Credentials.Resolve(TestRouter.Deployment("a"), new PlatformContext(new VirtualTime(), static _ => Key));

    [Fact]
    public void An_exception_that_says_no_key_stays_as_it_is()
    {
        var harmless = new IOException("reset", new InvalidOperationException("by peer"));
        Assert.Same(harmless, RedactedException.Of(harmless, _credentials));
        Assert.Null(RedactedException.Of(null, _credentials));
    }

    public static TheoryData<Exception> Saying => new((Exception[])[
        new HttpRequestException(HttpRequestError.InvalidResponse, $"invalid header line: '{Key}'", null, HttpStatusCode.BadGateway),
        new HttpIOException(HttpRequestError.ResponseEnded, $"ended at {Key}"),
        new IOException("reset", new InvalidOperationException($"invalid header line: '{Key}'")),
        new AggregateException(new IOException("first"), new IOException($"second {Key}")),
        new InvalidOperationException($"Bearer {Key}"),
        new Silent(Key)]);

    [Theory]
    [MemberData(nameof(Saying))]
    public void One_that_says_the_key_is_replaced_by_one_that_says_all_but_that(Exception exception)
    {
        Exception redacted = RedactedException.Of(exception, _credentials)!;

        Assert.NotSame(exception, redacted);
        for (Exception? at = redacted; at is not null; at = at.InnerException)
        {
            Assert.DoesNotContain(Key, at.Message);
            Assert.DoesNotContain(Key, at.ToString());
        }

        Assert.Equal(exception.InnerException is null, redacted.InnerException is null);
        Assert.Contains(exception.GetType().Name, redacted.ToString());
        if (exception is HttpRequestException request) Assert.Equal((request.HttpRequestError, request.StatusCode), (Assert.IsAssignableFrom<HttpRequestException>(redacted).HttpRequestError, ((HttpRequestException)redacted).StatusCode));
        if (exception is IOException) Assert.IsAssignableFrom<IOException>(redacted);
        if (exception is HttpIOException io) Assert.Equal(io.HttpRequestError, Assert.IsAssignableFrom<HttpIOException>(redacted).HttpRequestError);
    }

    [Fact]
    public void The_stack_is_kept()
    {
        Exception thrown = Assert.Throws<InvalidOperationException>(static () => Throw());
        Assert.Contains(nameof(Throw), RedactedException.Of(thrown, _credentials)!.ToString());
    }

    [Fact]
    public async Task A_call_tells_what_the_transport_threw()
    {
        var router = new TestRouter(new() { ["KEY"] = Key });
        router.Transport.On("a", FakeTransport.Throw(new HttpRequestException(HttpRequestError.ConnectionError, $"no way with {Key}")));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => router.RunAsync(router.Group(1).CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 })));

        var inner = Assert.IsAssignableFrom<HttpRequestException>(failure.InnerException);
        Assert.Equal(HttpRequestError.ConnectionError, inner.HttpRequestError);
        Assert.Contains("no way with ***", inner.Message);
        Assert.DoesNotContain(Key, failure.ToString());
    }

    private static void Throw() => throw new InvalidOperationException(Key);

    /// <summary>An exception whose text leaves its message out.</summary>
    private sealed class Silent(string message) : Exception(message)
    {
        public override string ToString() => nameof(Silent);
    }
}
