using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests;

/// <summary>Users test their own code with answers and failures that they make themselves.</summary>
public class ByHandTests
{
    private static readonly Attempt[] Attempts = [new() { Group = "g", Deployment = "d", Model = "p/m", Outcome = FailureKind.RateLimited, StatusCode = 429, Message = "slow down", Duration = TimeSpan.FromMilliseconds(12) }];

    [Fact]
    public void An_answer_can_be_made_by_hand()
    {
        var reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, "hello"), "p/m", 0.5m, TimeSpan.FromSeconds(1), Attempts);
        Assert.Equal(("hello", "p/m", 0.5m, TimeSpan.FromSeconds(1)), (reply.Text, reply.ModelUsed, reply.Cost, reply.Duration));
        Assert.Equal(Attempts, reply.Attempts);
    }

    [Fact]
    public void So_can_a_last_update_and_a_failure()
    {
        var last = new RoutedResponseUpdate("p/m", 0.5m, timeToFirstToken: TimeSpan.FromSeconds(1));
        Assert.Equal(("p/m", 0.5m, TimeSpan.FromSeconds(1)), (last.ModelUsed, last.Cost, last.TimeToFirstToken));
        var failure = new RoutingException("no", FailureKind.RateLimited, Attempts) { RetryAfter = TimeSpan.FromSeconds(5), StatusCode = 429 };
        Assert.Equal((FailureKind.RateLimited, 429, "d: RateLimited (429) after 12 ms: slow down"), (failure.Kind, failure.StatusCode, failure.Attempts[0].ToString()));
    }
}
