namespace RouterGen.Interleavings.Tests;

/// <summary>What is counted, and what is lent.</summary>
internal static class MeasuringScenarios
{
    /// <summary>No sample is lost: not in the mean of a window, nor among the last ones.</summary>
    public static void Samples(Interleaving run)
    {
        run.SeesStatistics = true;
        var record = new LatencyRecord(TimeSpan.TicksPerMinute);
        for (int i = 1; i <= 3; i++)
        {
            int sample = i;
            run.Add($"{i}", () => record.Add(sample * 100 * TimeSpan.TicksPerMillisecond, inputTokens: 0, now: 1, inFlight: 1));
        }

        run.Finally(() =>
        {
            Assert.True(record.Window.TryMean(LatencyWindow.HalfAt(1, TimeSpan.TicksPerMinute), out float mean));
            Assert.Equal(200, mean, 2f);
            Assert.Equal((3, 300f), (record.Recent.Count, record.Recent.Longest));
        });
    }

    /// <summary>Waits that have begun and ended leave nothing behind.</summary>
    public static void Waits(Interleaving run)
    {
        run.SeesStatistics = true;
        var waits = default(PendingWaits);
        for (int i = 1; i <= 2; i++)
        {
            long start = i * TimeSpan.TicksPerSecond;
            run.Add($"{i}", () =>
            {
                waits.Begin(start);
                waits.End(start);
            });
        }

        run.Finally(() => Assert.Equal(0, waits.MeanAt(TimeSpan.TicksPerHour)));
    }

    /// <summary>A measurement that is due is made once.</summary>
    public static void Invitations(Interleaving run)
    {
        run.SeesStatistics = true;
        var record = new LatencyRecord(TimeSpan.TicksPerMinute);
        int invited = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (record.TryInvite(now: 1, holds: 10)) invited++;
            });
        }

        run.Finally(() => Assert.Equal(1, invited));
    }

    /// <summary>The largest number of open connections is kept, and the newest answer.</summary>
    public static void Largest(Interleaving run)
    {
        run.SeesStatistics = true;
        var state = new EndpointState(TimeSpan.TicksPerMinute);
        foreach (int inFlight in new[] { 2, 3, 1 }) run.Add($"{inFlight}", () => state.NoteAnswer(entered: inFlight * 10, inFlight, now: 50));
        run.Finally(() =>
        {
            Assert.Equal((true, false), (state.Connections.MustOpen(4, 50), state.Connections.MustOpen(3, 50)));
            Assert.Equal(30, state.NewestAnswered);
        });
    }

    /// <summary>An outage ends once, however many notice it.</summary>
    public static void Outages(Interleaving run)
    {
        var state = new EndpointState(TimeSpan.TicksPerMinute);
        state.BeginOutage(10);
        List<long> outages = [];
        for (int i = 0; i < 2; i++) run.Add($"{i}", () => outages.Add(state.EndOutage(20).Ticks));
        run.Finally(() => Assert.Equal([0, 10], outages.Order()));
    }

    /// <summary>Numbers by chance differ, and points of an even sequence do.</summary>
    public static void Chance(Interleaving run)
    {
        run.SeesStatistics = true;
        var random = new RandomSource(1);
        var sequence = new LowDiscrepancySequence(0);
        HashSet<double> drawn = [];
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                drawn.Add(random.NextUInt64());
                drawn.Add(sequence.Next());
            });
        }

        run.Finally(() => Assert.Equal(6, drawn.Count));
    }

    /// <summary>What is lent is lent to one at a time.</summary>
    public static void Loans(Interleaving run)
    {
        var pool = new Pool<object>(static () => new object());
        pool.Return(new object());
        HashSet<object> lent = [];
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                object item = pool.Rent();
                Assert.True(lent.Add(item), "It is lent already.");
                Interleaving.Pause("lent");
                lent.Remove(item);
                pool.Return(item);
            });
        }
    }
}
