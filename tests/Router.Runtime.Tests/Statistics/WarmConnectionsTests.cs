namespace RouterGen.Runtime.Tests;

public class WarmConnectionsTests
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_call_beyond_those_that_were_answered_at_once_opens_a_connection()
    {
        var connections = new WarmConnections();
        Assert.True(connections.MustOpen(1, 0));
        connections.Note(1, 0);
        Assert.False(connections.MustOpen(1, Second));
        Assert.True(connections.MustOpen(2, Second));
        connections.Note(3, Second);
        connections.Note(2, Second);
        Assert.False(connections.MustOpen(3, Second));
        Assert.True(connections.MustOpen(4, Second));
    }

    [Fact]
    public void Idle_connections_are_closed_within_a_minute()
    {
        var connections = new WarmConnections();
        connections.Note(4, 0);
        Assert.False(connections.MustOpen(4, 26 * Second));
        Assert.True(connections.MustOpen(4, 60 * Second));
        connections.Note(2, 50 * Second);
        Assert.False(connections.MustOpen(2, 60 * Second));
        Assert.True(connections.MustOpen(3, 60 * Second));
    }

    [Fact]
    public void Where_there_are_many_calls_a_slow_one_is_a_sign_of_load()
    {
        var connections = new WarmConnections();
        Assert.True(connections.MustOpen(16, 0));
        Assert.False(connections.MustOpen(17, 0));
    }
}
