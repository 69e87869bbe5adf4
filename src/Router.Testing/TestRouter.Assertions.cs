using System.Globalization;
using System.Text;

namespace RouterGen.Testing;

// What a test expects. Each assertion also fails where a fake was missing or did not fit, since code under test may have caught that.
public sealed partial class TestRouter
{
    /// <summary>Asserts that these deployments were asked, in this order, and no others.</summary>
    /// <param name="deployments">The names of the deployments, one for each request; none where nothing is to have been asked.</param>
    /// <exception cref="RouterAssertionException">Others were asked, or in another order.</exception>
    public void AssertAsked(params string[] deployments)
    {
        ArgumentNullException.ThrowIfNull(deployments);
        IReadOnlyList<RecordedRequest> asked = Begin();
        if (asked.Select(static request => request.Deployment).SequenceEqual(deployments, StringComparer.Ordinal)) return;
        throw Failed(deployments.Length == 0 ? "Expected that no deployment is asked." : "Expected that these deployments are asked, in this order:\n" + Lines(deployments), asked);
    }

    /// <summary>Asserts how often a deployment was asked.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="times">How often; zero or more.</param>
    /// <exception cref="RouterAssertionException">It was asked more or less often.</exception>
    public void AssertAskedTimes(string deployment, int times)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        IReadOnlyList<RecordedRequest> asked = Begin();
        int count = asked.Count(request => request.Deployment == deployment);
        if (count != times) throw Failed(string.Create(CultureInfo.InvariantCulture, $"Expected that deployment '{deployment}' is asked {times} time(s), and it was {count}."), asked);
    }

    /// <summary>Asserts that a deployment was not asked.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <exception cref="RouterAssertionException">It was asked.</exception>
    public void AssertNotAsked(string deployment) => AssertAskedTimes(deployment, 0);

    /// <summary>Asserts that one request was made, and returns it.</summary>
    /// <exception cref="RouterAssertionException">There was none, or more than one.</exception>
    public RecordedRequest AssertSingleRequest()
    {
        IReadOnlyList<RecordedRequest> asked = Begin();
        return asked.Count == 1 ? asked[0] : throw Failed("Expected one request.", asked);
    }

    /// <summary>Asserts that the last stream of a deployment was left before its end, and returns its request.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <exception cref="RouterAssertionException">It was read to its end, or the deployment was not asked for a stream.</exception>
    public RecordedRequest AssertStreamLeft(string deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        IReadOnlyList<RecordedRequest> asked = Begin();
        RecordedRequest? last = asked.LastOrDefault(request => request.Deployment == deployment && request.IsStreaming);
        return last is { WasLeftEarly: true } ? last
            : throw Failed($"Expected that a stream of deployment '{deployment}' is left before its end, and {(last is null ? "none was asked for" : "it was read to its end")}.", asked);
    }

    /// <summary>Asserts that each script has taken all its steps.</summary>
    /// <exception cref="RouterAssertionException">A script has steps left.</exception>
    public void AssertScriptsFinished()
    {
        IReadOnlyList<RecordedRequest> asked = Begin();
        string[] left;
        lock (_gate)
        {
            left = [.. _fakes.Where(static fake => fake.Value.Calls < fake.Value.Fake.Steps).Select(static fake => string.Create(CultureInfo.InvariantCulture, $"{fake.Key}: {fake.Value.Calls} of {fake.Value.Fake.Steps} steps"))];
        }

        if (left.Length > 0) throw Failed("Expected that scripts are taken to their end:\n" + Lines(left), asked);
    }

    private IReadOnlyList<RecordedRequest> Begin()
    {
        lock (_gate)
        {
            return _problems.Count == 0 ? [.. _requests] : throw Failed(string.Join('\n', _problems), [.. _requests]);
        }
    }

    private static RouterAssertionException Failed(string expected, IReadOnlyList<RecordedRequest> asked) =>
        new(expected + (asked.Count == 0 ? "\nNothing was asked." : "\nThese were asked:\n" + Lines(asked)));

    internal static string Lines<T>(IReadOnlyList<T> items)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < items.Count; i++) lines.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : "\n")}  {i + 1}. {items[i]}");
        return lines.ToString();
    }
}
