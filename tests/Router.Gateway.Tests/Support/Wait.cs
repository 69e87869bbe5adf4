namespace RouterGen.Gateway.Tests.Support;

/// <summary>Waits for what a server does on threads of its own.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a condition holds.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(Patience);
        while (!condition())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>Waits until a number has stayed the same for a while. One that never stays fails; one that would have gone on later passes, so a test needs a bound beside it.</summary>
    public static async Task UntilStillAsync(Func<long> number)
    {
        using var late = new CancellationTokenSource(Patience);
        long last = number();
        for (int same = 0; same < 50; same++)
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Delay(2, CancellationToken.None);
            if (number() == last) continue;
            last = number();
            same = 0;
        }
    }
}
