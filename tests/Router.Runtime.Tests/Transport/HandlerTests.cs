using System.Net;

namespace RouterGen.Runtime.Tests.Transport;

/// <summary>The handler that the router makes, and offers for a transport of one's own.</summary>
public sealed class HandlerTests
{
    [Fact]
    public void It_is_safe_for_keys_and_for_streams()
    {
        using SocketsHttpHandler handler = RouterOptions.CreateHandler();
        using SocketsHttpHandler another = RouterOptions.CreateHandler();

        Assert.NotSame(handler, another);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Equal(TimeSpan.FromSeconds(10), handler.ConnectTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), handler.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromMilliseconds(100), handler.ResponseDrainTimeout);
    }
}
