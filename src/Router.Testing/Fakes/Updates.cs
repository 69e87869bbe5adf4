using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen.Testing;

/// <summary>Plays the pieces of a fake's stream.</summary>
/// <param name="step">What the fake does.</param>
/// <param name="time">The clock of the router.</param>
internal sealed class Updates(FakeStep step, TimeProvider time)
{
    /// <summary>Plays pieces, with the fake's delays and its end.</summary>
    public async IAsyncEnumerable<T> Play<T>(IReadOnlyList<T> pieces, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            if (i > 0) await WaitAsync(step.PieceDelay, time, cancellationToken).ConfigureAwait(false);
            yield return pieces[i];
        }

        if (step.Break is { } failure) throw new ScriptedFailureException(failure with { Usage = step.CopyUsage() });
    }

    /// <summary>Waits on the clock of the router.</summary>
    public static Task WaitAsync(TimeSpan delay, TimeProvider time, CancellationToken cancellationToken) => delay > TimeSpan.Zero ? Task.Delay(delay, time, cancellationToken) : Task.CompletedTask;
}
