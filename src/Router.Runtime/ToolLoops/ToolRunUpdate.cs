namespace RouterGen;

/// <summary>
/// The last update of a run with tools that is streamed. Cost, duration and attempts are those of all calls of the model together; the model and the
/// deployment are those that answered in the end.
/// </summary>
public sealed class ToolRunUpdate : RoutedResponseUpdate
{
    private ToolRunUpdate(ToolRun run, RouteSummary route) : base(route) => Run = run;

    /// <summary>Makes a last update by hand, for tests of code that reads streams.</summary>
    /// <param name="run">The run.</param>
    public ToolRunUpdate(ToolRun run) : this(run, RouteOf(run)) => Usage = run.Usage;

    /// <summary>Gets the run: each call of the model with the results of its tools, what is pending, usage and cost.</summary>
    public ToolRun Run { get; }

    /// <summary>Makes the last update of a run out of that of its last call.</summary>
    internal static ToolRunUpdate Of(ToolRun run, RoutedResponseUpdate last) => new(run)
    {
        Role = last.Role,
        Contents = last.Contents,
        FinishReason = last.FinishReason,
        ResponseId = last.ResponseId,
        MessageId = last.MessageId,
        ModelId = last.ModelId,
        CreatedAt = last.CreatedAt,
        AuthorName = last.AuthorName,
        ConversationId = last.ConversationId,
        AdditionalProperties = last.AdditionalProperties,
    };

    private static RouteSummary RouteOf(ToolRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RoutedResponse last = run.Response;
        TimeSpan duration = TimeSpan.Zero;
        foreach (ToolRound round in run.Rounds) duration += round.Response.Duration;
        return new RouteSummary(last.ModelUsed, last.Deployment, null, default, duration, run.Rounds[0].Response.TimeToFirstToken, [.. run.Rounds.SelectMany(static round => round.Response.Attempts)])
        {
            StatedCost = run.Cost,
        };
    }
}
