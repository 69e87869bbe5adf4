using RouterGen.Infrastructure;

namespace RouterGen.Interleavings.Tests;

/// <summary>The bodies of requests, which are lent.</summary>
internal static class BodyScenarios
{
    /// <summary>A body that a transport still sends is not another call's.</summary>
    public static void A_body_is_sent_again(Interleaving run)
    {
        var writer = new RequestWriter();
        writer.StartObject("{\"model\":\"m\""u8);
        writer.EndObject();
        var content = new RequestContent(writer);
        content.CopyTo(Stream.Null, null, default);
        bool isGivenBack = false;
        for (int i = 0; i < 2; i++)
        {
            run.Add($"transport {i}", () =>
            {
                try
                {
                    content.CopyTo(new Watch(() => Assert.False(isGivenBack, "What is sent is another call's.")), null, default);
                }
                catch (HttpRequestException exception) when (exception.InnerException is ObjectDisposedException)
                {
                    // It came too late.
                }
            });
        }

        run.Add("call", () => isGivenBack = content.TryClose());
    }

    private sealed class Watch(Action check) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            check();
            Interleaving.Pause("sending");
            check();
        }
    }
}
