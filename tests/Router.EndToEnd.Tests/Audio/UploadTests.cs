using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>What can happen in the midst of an upload: an answer before its end, a break, a caller who leaves, a file that vanishes.</summary>
public sealed class UploadTests : AudioWorld
{
    private const int Long = 20_000_000;

    [Fact]
    public async Task An_answer_before_the_end_of_the_upload_is_followed_by_the_next_deployment()
    {
        await using var busy = UploadServer.AnsweringAfter(100_000, """{"error":{"message":"Busy","type":"server_error","code":"server_is_overloaded"} }""", "503 Service Unavailable");
        AudioFleet fleet = FleetWith(new() { ["OPENAI_BASE_URL"] = busy.Address });

        RoutedTranscription answer = await fleet.Pair.TranscribeAsync(File(Long), cancellationToken: Cancellation);

        // The answer may be lost with the connection, which the server closes while more is sent.
        Assert.Contains(answer.Attempts[0].Outcome, (FailureKind[])[FailureKind.Overloaded, FailureKind.ConnectionFailed]);
        Assert.Equal(Groq, answer.Deployment);
        Assert.Contains($"\"length\":{Long}", Server[Groq].Requests.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_break_in_the_upload_is_followed_by_the_next_deployment(bool synchronous)
    {
        await using var resetting = UploadServer.ResettingAfter(100_000);
        AudioFleet fleet = FleetWith(new() { ["OPENAI_BASE_URL"] = resetting.Address });
        MediaFile file = File(Long);

        RoutedTranscription answer = synchronous
            ? await Task.Run(() => fleet.Pair.Transcribe(file, cancellationToken: Cancellation), Cancellation)
            : await fleet.Pair.TranscribeAsync(file, cancellationToken: Cancellation);

        Assert.Equal([FailureKind.ConnectionFailed, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Contains($"\"length\":{Long}", Server[Groq].Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_upload()
    {
        await using var stalling = UploadServer.StallingAfter(100_000);
        AudioFleet fleet = FleetWith(new() { ["OPENAI_BASE_URL"] = stalling.Address });
        using var caller = new CancellationTokenSource();
        Task<RoutedTranscription> call = fleet.Pair.TranscribeAsync(File(Long), cancellationToken: caller.Token);
        await stalling.Stalled.WaitAsync(Cancellation);

        await caller.CancelAsync();

        RoutingCanceledException canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => call);
        Assert.Equal([FailureKind.Canceled], canceled.Attempts.Select(attempt => attempt.Outcome));
        await stalling.Left.WaitAsync(Cancellation);
        Assert.True(stalling.Read < Long);
        Assert.Equal(0, fleet.Pair.Status[0].InFlight);
    }

    [Fact]
    public async Task A_hedge_sends_a_file_beside_an_upload_that_stalls()
    {
        await using var stalling = UploadServer.StallingAfter(100_000);
        AudioFleet fleet = FleetWith(new() { ["OPENAI_BASE_URL"] = stalling.Address });
        await using FileStream open = System.IO.File.OpenRead(PathOf(2_000_000));

        RoutedTranscription answer = await fleet.HedgedEars.TranscribeAsync(open, cancellationToken: Cancellation);

        Assert.Equal(Azure, answer.Deployment);
        await stalling.Left.WaitAsync(Cancellation);
        Assert.Equal(0, open.Position); // It is read by its handle, for both at once.
    }

    [Fact]
    public async Task A_file_that_vanishes_is_the_callers_fault()
    {
        MediaFile file = File();
        System.IO.File.Delete(PathOf());
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Fleet.Pair.TranscribeAsync(file, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("'speech.mp3' could not be read while it was sent", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Server[Groq].Calls);
        Assert.All(Fleet.Pair.Status, status => Assert.Equal(DeploymentHealth.Healthy, status.Health));
    }

    [Fact]
    public async Task A_stream_of_the_callers_is_read_once_for_two_deployments()
    {
        Server[Gpt].Always(Fault.Status(503));
        var stream = new OneWay(new byte[50_000]);

        RoutedTranscription answer = await Fleet.Pair.TranscribeAsync(stream, cancellationToken: Cancellation);

        Assert.Equal((Groq, 50_000L), (answer.Deployment, stream.BytesRead));
        Assert.Contains("\"length\":50000", Server[Groq].Requests.Single().Body, StringComparison.Ordinal);
    }

    private sealed class OneWay(byte[] bytes) : Stream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = _bytes.Read(buffer, offset, count);
            BytesRead += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
