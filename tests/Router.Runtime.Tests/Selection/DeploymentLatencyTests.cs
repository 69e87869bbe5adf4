using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What attempts tell of a deployment's latency, and what they do not.</summary>
public class DeploymentLatencyTests
{
    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private readonly Deployment _deployment;

    public DeploymentLatencyTests()
    {
        _context = Subjects.Context(_time);
        _deployment = Subjects.Deployments(_context, Subjects.Definition())[0];
    }

    [Fact]
    public void Before_any_call_nothing_is_known()
    {
        Assert.Null(_deployment.TimeToFirstToken);
        Assert.Null(_deployment.Latency);
    }

    [Fact]
    public void Streams_tell_the_first_token_and_calls_the_whole_time()
    {
        _deployment.Report(3000, Now, stream: true, new AttemptReport { FirstContentAt = Now - TimeSpan.FromSeconds(2).Ticks });
        _deployment.Answer(5000, Now, stream: false);
        Assert.Equal(1000, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(5000, _deployment.Latency!.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void The_first_token_counts_when_it_comes_and_once()
    {
        Lease lease = _deployment.Enter(Now);
        _time.Advance(TimeSpan.FromSeconds(1));
        lease = _deployment.Confirm(lease, Now, inputTokens: 0);
        Assert.Equal(1000, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
        _time.Advance(TimeSpan.FromSeconds(100));
        _deployment.Leave(lease, new AttemptReport { FirstContentAt = TimeSpan.FromSeconds(1).Ticks });
        Assert.Equal(1, _deployment.LatencyOf(streaming: true).Recent.Count);
        Assert.Equal(1000, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void Long_prompts_are_made_allowance_for()
    {
        _deployment.Report(3000, Now, stream: false, new AttemptReport { Usage = new UsageDetails { InputTokenCount = 16_000 } });
        Assert.Equal(1000, _deployment.Latency!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(TimeSpan.FromSeconds(3), _deployment.LatencyOf(streaming: false).Recent.Quantile(0.5));
        _deployment.Report(1000, Now, stream: false, new AttemptReport { Usage = new UsageDetails { InputTokenCount = -5 } });
        Assert.Equal(1000, _deployment.Latency!.Value.TotalMilliseconds, 1.0);
    }

    [Theory]
    [InlineData(0, 0, 1_000_000)]
    [InlineData(8_000, 0, 8_000)]
    [InlineData(8_000, 6_000, 6_000)]
    public void No_more_than_a_deployment_takes_can_it_have_read(int window, int input, int believed)
    {
        Deployment deployment = Subjects.Deployments(_context, Subjects.Definition(contextWindow: window, inputLimit: input))[0];
        deployment.Report(3000, Now, stream: false, new AttemptReport { Usage = new UsageDetails { InputTokenCount = 1_000_000_000_000_000_000 } });
        Assert.Equal(3000 / LatencyRecord.PromptFactor(believed), deployment.Latency!.Value.TotalMilliseconds, 0.1);
    }

    [Fact]
    public void Only_the_input_is_made_allowance_for_not_what_may_be_written()
    {
        CallProfile call = Subjects.Call(tokens: 64_000) with { Request = new ShapedRequest(new RequestShape(InputTokens: 8_000, OutputTokens: 56_000, ModelCapabilities.None)) };
        Assert.True(_deployment.TryEnter(Now - TimeSpan.FromSeconds(3).Ticks, call, out Lease lease));
        _deployment.Leave(lease, new AttemptReport { Failure = new AttemptFailure(FailureKind.Timeout, "late") });
        Assert.Equal(1500, _deployment.Latency!.Value.TotalMilliseconds, 0.1);
    }

    [Theory]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.AuthenticationFailed)]
    [InlineData(FailureKind.ModelNotFound)]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.ContextWindowExceeded)]
    [InlineData(FailureKind.ContentFiltered)]
    public void A_refusal_tells_nothing_however_long_it_took(FailureKind kind)
    {
        _deployment.Fail(kind, 5000, Now);
        Assert.Null(_deployment.TimeToFirstToken);
    }

    [Theory]
    [InlineData(FailureKind.Overloaded)]
    [InlineData(FailureKind.ConnectionFailed)]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.Timeout)]
    public void A_failure_never_makes_a_deployment_look_faster(FailureKind kind)
    {
        Deployment unseen = Subjects.Deployments(_context, Subjects.Definition())[0];
        unseen.Fail(kind, 1, Now);
        Assert.Null(unseen.TimeToFirstToken);

        _deployment.Answer(1000, Now);
        _deployment.Fail(kind, 10, Now + 1000 * TimeSpan.TicksPerSecond);
        Assert.Equal(1000, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
    }

    [Theory]
    [InlineData(FailureKind.Overloaded)]
    [InlineData(FailureKind.Timeout)]
    public void A_slow_failure_makes_it_look_slower(FailureKind kind)
    {
        for (int i = 0; i < 4; i++) _deployment.Answer(1000, Now);
        _deployment.Fail(kind, 2000, Now);
        Assert.Equal(1200, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void What_was_given_up_would_have_taken_at_least_so_long()
    {
        for (int i = 0; i < 4; i++) _deployment.Answer(1000, Now);
        _deployment.Report(100, Now, stream: true, new AttemptReport { Abandoned = true });
        Assert.Equal(1000, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
        _deployment.Report(2000, Now, stream: true, new AttemptReport { Abandoned = true });
        Assert.Equal(1200, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_was_not_asked_tells_nothing(bool stream)
    {
        _deployment.Report(0, Now, stream, new AttemptReport { NotAsked = true });
        _deployment.Report(5000, Now, stream, new AttemptReport { NotAsked = true });
        Assert.Equal(0, _deployment.LatencyOf(stream).Recent.Count);
        Assert.False(_deployment.LatencyOf(stream).Average.IsKnown);
        Assert.Equal(0, _deployment.LatencyOf(stream).Pending.MeanAt(Now + TimeSpan.TicksPerHour));
    }

    [Fact]
    public void Headroom_is_the_smallest_part_that_is_left()
    {
        Deployment limited = Subjects.Deployments(_context, Subjects.Definition(rpm: 10, tpm: 100))[0];
        Assert.Equal(1, limited.Headroom);
        limited.Enter(Now, tokens: 30);
        Assert.Equal(0.7, limited.Headroom, 0.001);
        limited.Enter(Now, tokens: 70);
        Assert.Equal(0, limited.Headroom, 0.001);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0.5, limited.Headroom, 0.001);
        Assert.Equal(1, _deployment.Headroom);
    }

    [Fact]
    public void Sixteen_threads_lose_no_count()
    {
        Threads.RunTogether(16, number =>
        {
            for (int i = 0; i < 500; i++) _deployment.Answer(100, 0, stream: i % 2 == 0);
        });
        Assert.Equal(0, _deployment.InFlight);
        Assert.Equal(64, _deployment.LatencyOf(streaming: true).Recent.Count);
        Assert.Equal(100, _deployment.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(100, _deployment.Latency!.Value.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void A_completed_call_allocates_nothing()
    {
        AttemptReport used = Subjects.Used(12);
        Run(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            CallProfile call = Call;
            for (int i = 0; i < times; i++)
            {
                if (_deployment.TryEnter(0, call, out Lease lease)) _deployment.Leave(lease, used);
            }
        }
    }

    private static readonly CallProfile Call = Subjects.Call();

    private long Now => _context.Clock.Now;
}
