using System.Buffers;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>Bytes that nothing divides, such as sound.</summary>
public class ByteFramingTests
{
    [Fact]
    public async Task What_arrives_is_handed_on_as_it_comes()
    {
        using StreamEventReader reader = StreamFraming.Bytes.Open(new MemoryStream(new byte[40_000]), new byte[3]);
        Assert.Equal(3, Take(reader));
        int length = 0;
        while (await reader.FillAsync(async: true, TestContext.Current.CancellationToken)) length += Take(reader);
        Assert.Equal(40_000, length);
        Assert.Equal(0, Take(reader));
        Assert.True(StreamFraming.Bytes.TryRecognize("data: "u8, out bool isStream));
        Assert.False(isStream);
    }

    [Fact]
    public void A_buffer_is_given_back_once_however_often_the_reader_is_disposed()
    {
        StreamEventReader reader = StreamFraming.Bytes.Open(Stream.Null, []);
        reader.Dispose();
        reader.Dispose();
        byte[] one = ArrayPool<byte>.Shared.Rent(32 * 1024), other = ArrayPool<byte>.Shared.Rent(32 * 1024);
        Assert.NotSame(one, other);
        ArrayPool<byte>.Shared.Return(one);
        ArrayPool<byte>.Shared.Return(other);
    }

    private static int Take(StreamEventReader reader) => reader.TryRead(out StreamEvent next) ? next.Data.Length : 0;
}
