using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>Bodies with files: each goes out from where it is, as often as it is asked for, and is never copied whole.</summary>
public sealed class FormTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routergen-form").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(10)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(300_000)]
    public async Task A_form_holds_fields_and_files_in_their_order(int length)
    {
        byte[] bytes = Bytes(length);
        string path = Path.Combine(_folder, "speech.mp3");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        await using FileStream open = File.OpenRead(path);
        MediaFile[] files = [MediaFile.FromBytes(bytes, "audio/mpeg"), MediaFile.FromPath(path), await MediaFile.FromStreamAsync(open, cancellationToken: TestContext.Current.CancellationToken)];
        foreach (MediaFile file in files)
        {
            RequestWriter writer = Form(file);
            var content = new RequestContent(writer);
            byte[] expected =
            [
                .. Encoding.UTF8.GetBytes($"--{Boundary(writer)}\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--{Boundary(writer)}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file.Name}\"\r\nContent-Type: audio/mpeg\r\n\r\n"),
                .. bytes,
                .. Encoding.UTF8.GetBytes($"\r\n--{Boundary(writer)}\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\nde\r\n--{Boundary(writer)}--\r\n"),
            ];
            Assert.Equal(expected.Length, content.Headers.ContentLength);
            Assert.Equal(expected, await SentAsync(content));
            Assert.Equal(expected, await SentAsync(content.Copy())); // what is sent once more
            Assert.Equal(expected, Sent(content.Copy()));
        }
    }

    [Fact]
    public async Task A_stream_that_cannot_go_back_is_read_once()
    {
        var stream = new OneWayStream(Bytes(10_000));
        MediaFile file = await MediaFile.FromStreamAsync(stream, "audio/wav", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("file.wav", 10_000L, 10_000), (file.Name, file.Length, stream.BytesRead));
        Assert.Equal(Sent(new RequestContent(Form(file))), Sent(new RequestContent(Form(file))));
        Assert.Equal(10_000, stream.BytesRead);
    }

    [Fact]
    public async Task A_stream_counts_from_where_it_stands()
    {
        string path = Path.Combine(_folder, "a.flac");
        await File.WriteAllBytesAsync(path, Bytes(9000), TestContext.Current.CancellationToken);
        await using FileStream open = File.OpenRead(path);
        open.Position = 4000;
        var memory = new MemoryStream();
        memory.Write(Bytes(9000));
        memory.Position = 4000;
        MediaFile[] files = [await MediaFile.FromStreamAsync(open, cancellationToken: TestContext.Current.CancellationToken), await MediaFile.FromStreamAsync(memory, name: "a.flac", cancellationToken: TestContext.Current.CancellationToken)];
        Assert.All(files, static file => Assert.Equal(("a.flac", "audio/flac", 5000L), (file.Name, file.MediaType, file.Length)));
        byte[] expected = Bytes(9000)[4000..];
        Assert.All(files, file => Assert.True(Sent(new RequestContent(Form(file))).AsSpan().IndexOf(expected) > 0));
        Assert.Equal(4000, open.Position);
    }

    [Fact]
    public void A_copy_for_a_shadow_holds_nothing_that_is_the_callers()
    {
        byte[] bytes = Bytes(9000);
        string path = Path.Combine(_folder, "shadow.wav");
        File.WriteAllBytes(path, bytes);
        MediaFile onDisk;
        using (FileStream open = File.OpenRead(path))
        {
            open.Position = 100;
            onDisk = MediaFile.FromStream(open, null, null).Copy();
        }

        MediaFile inMemory = MediaFile.FromBytes(bytes, "audio/wav").Copy();
        byte[] expected = [.. bytes];
        Array.Clear(bytes);
        Assert.True(Sent(new RequestContent(Form(onDisk))).AsSpan().IndexOf(expected.AsSpan(100)) > 0);
        Assert.True(Sent(new RequestContent(Form(inMemory))).AsSpan().IndexOf(expected) > 0);
    }

    [Fact]
    public async Task A_file_on_disk_is_not_held_in_memory()
    {
        string path = Path.Combine(_folder, "long.wav");
        await File.WriteAllBytesAsync(path, new byte[20_000_000], TestContext.Current.CancellationToken);
        var content = new RequestContent(Form(MediaFile.FromPath(path)));
        content.CopyTo(Stream.Null, null, default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        content.Copy().CopyTo(Stream.Null, null, default);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void A_file_that_vanishes_or_shrinks_is_the_requests_fault()
    {
        string path = Path.Combine(_folder, "short.wav");
        File.WriteAllBytes(path, new byte[5000]);
        MediaFile file = MediaFile.FromPath(path);
        File.WriteAllBytes(path, new byte[4999]);
        Assert.Equal("The file 'short.wav' could not be read while it was sent: it ends after 4999 of 5000 bytes.", FaultOf(file).Message);
        File.Delete(path);
        AttemptFailure gone = FaultOf(file);
        Assert.Equal((FailureKind.InvalidRequest, "The file 'short.wav' could not be read while it was sent: FileNotFoundException."), (gone.Kind, gone.Message));
        Assert.Throws<FileNotFoundException>(() => MediaFile.FromPath(path));
    }

    [Fact]
    public void A_boundary_differs_from_form_to_form_and_ends_with_its_body()
    {
        var writer = new RequestWriter(new RandomSource(1));
        writer.StartForm();
        string first = writer.ContentType;
        writer.Clear();
        Assert.Equal("application/json", writer.ContentType);
        writer.StartForm();
        Assert.NotEqual(first, writer.ContentType);
        Assert.StartsWith("multipart/form-data; boundary=routergen-", writer.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_types_cannot_add_headers()
    {
        string sent = Encoding.UTF8.GetString(Sent(new RequestContent(Form(MediaFile.FromBytes(new byte[1], "audio/wav\r\nX-A: 1", "a\"\r\nX-B: 2.wav")))));
        Assert.DoesNotContain("\r\nX-", sent, StringComparison.Ordinal);
        Assert.Contains("filename=\"a%22%0D%0AX-B: 2.wav\"", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audio/mpeg", "file.mp3")]
    [InlineData("audio/x-wav; rate=8000", "file.wav")]
    [InlineData("video/mp4", "file.m4a")]
    [InlineData("IMAGE/PNG", "file.png")]
    [InlineData("audio/unheard", "file")]
    public void A_file_without_a_name_gets_the_usual_extension(string mediaType, string name) =>
        Assert.Equal((name, mediaType), (MediaFile.FromBytes(new byte[1], mediaType).Name, MediaFile.FromBytes(new byte[1], mediaType).MediaType));

    [Theory]
    [InlineData("494433", "audio/mpeg")]
    [InlineData("FFFB90", "audio/mpeg")]
    [InlineData("524946460000000057415645", "audio/wav")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("0000001C66747970", "audio/mp4")]
    [InlineData("664C6143", "audio/flac")]
    [InlineData("4F676753", "audio/ogg")]
    [InlineData("1A45DFA3", "audio/webm")]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("", "application/octet-stream")]
    [InlineData("52494646", "application/octet-stream")]
    public void Bytes_without_a_name_are_told_by_how_they_begin(string start, string mediaType) =>
        Assert.Equal(mediaType, MediaFile.FromStream(new MemoryStream(Convert.FromHexString(start)), null, null).MediaType);

    private static AttemptFailure FaultOf(MediaFile file)
    {
        Exception fault = Assert.ThrowsAny<Exception>(() => Sent(new RequestContent(Form(file))));
        return TransportFailure.From(new HttpRequestException("Error while copying content to a stream.", fault), CancelCause.None);
    }

    private static RequestWriter Form(MediaFile file)
    {
        var writer = new RequestWriter();
        writer.StartForm();
        writer.AddField("model", "whisper-1");
        writer.AddFile("file", file);
        writer.AddField("language", "de");
        writer.EndForm();
        return writer;
    }

    private static string Boundary(RequestWriter writer) => writer.ContentType.Split('=')[1];

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i * 31 >> 3))];

    private static async Task<byte[]> SentAsync(RequestContent content)
    {
        var sent = new MemoryStream();
        await content.CopyToAsync(sent);
        return sent.ToArray();
    }

    private static byte[] Sent(RequestContent content)
    {
        var sent = new MemoryStream();
        content.CopyTo(sent, null, default);
        return sent.ToArray();
    }

    /// <summary>A stream that can only be read, as one from a network.</summary>
    private sealed class OneWayStream(byte[] bytes) : Stream
    {
        private int _read;

        public int BytesRead => _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(Math.Min(count, 1000), bytes.Length - _read);
            bytes.AsSpan(_read, length).CopyTo(buffer.AsSpan(offset));
            _read += length;
            return length;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
