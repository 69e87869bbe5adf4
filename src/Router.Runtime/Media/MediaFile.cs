using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace RouterGen;

/// <summary>
/// A file that goes with a call: sound to transcribe, an image to change. It is sent from where it is, each time that a deployment is asked, and
/// not copied: bytes and files must not change until the call is over.
/// </summary>
public sealed class MediaFile
{
    private const int ChunkSize = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly SafeFileHandle? _handle;
    private readonly string? _path;
    private readonly long _start;

    private MediaFile(string name, string mediaType, long length) => (Name, MediaType, Length) = (name, mediaType, length);

    private MediaFile(ReadOnlyMemory<byte> bytes, string name, string mediaType) : this(name, mediaType, bytes.Length) => _bytes = bytes;

    private MediaFile(string path, long start, string name, string mediaType, long length) : this(name, mediaType, length) => (_path, _start) = (path, start);

    private MediaFile(FileStream stream, string name, string mediaType, long length) : this(stream.Name, stream.Position, name, mediaType, length) => _handle = stream.SafeFileHandle;

    /// <summary>Gets the file's name, without its folder: providers tell the format of sound by its extension.</summary>
    public string Name { get; }

    /// <summary>Gets the media type, for example <c>audio/mpeg</c>.</summary>
    public string MediaType { get; }

    /// <summary>Gets the length in bytes.</summary>
    public long Length { get; }

    /// <summary>Gets the bytes, where they are in memory; null for a file on disk.</summary>
    internal ReadOnlyMemory<byte>? Bytes => _path is null && _handle is null ? _bytes : (ReadOnlyMemory<byte>?)null;

    /// <summary>Makes a file of bytes in memory, which are not copied.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mediaType">The media type, for example <c>audio/mpeg</c>.</param>
    /// <param name="name">The file's name; null for one that has the usual extension of the media type.</param>
    /// <exception cref="ArgumentException">There is no media type.</exception>
    public static MediaFile FromBytes(ReadOnlyMemory<byte> bytes, string mediaType, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaType);
        return new MediaFile(bytes, name ?? MediaFileTypes.NameOf(mediaType), mediaType);
    }

    /// <summary>Makes a file of one on disk, which is opened each time that it is sent, and read as it is sent.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mediaType">The media type; null for that of the extension.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static MediaFile FromPath(string path, string? mediaType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (!file.Exists) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return new MediaFile(file.FullName, 0, file.Name, mediaType ?? MediaFileTypes.Of(file.Name), file.Length);
    }

    /// <summary>
    /// Makes a file of the rest of a stream. A file on disk and a <see cref="MemoryStream"/> are read where they are, and must stay open until the
    /// call is over; any other stream is read now, once, into memory, because another deployment may have to be sent the same.
    /// </summary>
    /// <param name="stream">The stream. It stays open.</param>
    /// <param name="mediaType">The media type; null for that of the name's extension.</param>
    /// <param name="name">The file's name; null for that of the file on disk, or one that has the usual extension of the media type.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static ValueTask<MediaFile> FromStreamAsync(Stream stream, string? mediaType = null, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return InPlace(stream, mediaType, name) is { } file ? new(file) : ReadAsync(stream, mediaType, name, async: true, cancellationToken);
    }

    /// <summary>Makes a file of the rest of a stream, as <see cref="FromStreamAsync"/> does, on the caller's thread.</summary>
    internal static MediaFile FromStream(Stream stream, string? mediaType, string? name) =>
        InPlace(stream, mediaType, name) ?? ReadAsync(stream, mediaType, name, async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Returns the same file for a call that goes on when this one is over: nothing in it is the caller's any more.</summary>
    internal MediaFile Copy() => Bytes is { } bytes ? new MediaFile(bytes.ToArray(), Name, MediaType) : new MediaFile(_path!, _start, Name, MediaType, Length);

    /// <summary>Writes the bytes to a stream: as many as <see cref="Length"/> says.</summary>
    /// <exception cref="MediaFileException">The file cannot be read, or has become shorter.</exception>
    internal async ValueTask CopyToAsync(Stream target, bool async, CancellationToken cancellationToken)
    {
        if (Bytes is { } bytes)
        {
            if (async) await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            else target.Write(bytes.Span);
            return;
        }

        SafeFileHandle handle = _handle ?? Open();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (long sent = 0; sent < Length;)
            {
                Memory<byte> room = chunk.AsMemory(0, (int)Math.Min(chunk.Length, Length - sent));
                int read = async ? await ReadAsync(handle, room, _start + sent, cancellationToken).ConfigureAwait(false) : Read(handle, room.Span, _start + sent);
                if (read == 0) throw new MediaFileException(Name, $"it ends after {sent} of {Length} bytes", null);
                if (async) await target.WriteAsync(room[..read], cancellationToken).ConfigureAwait(false);
                else target.Write(room.Span[..read]);
                sent += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
            if (_handle is null) handle.Dispose();
        }
    }

    /// <summary>Reads a piece of the file.</summary>
    /// <param name="target">Takes the bytes, all of which are there.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <exception cref="MediaFileException">The file cannot be read, or has become shorter.</exception>
    internal void Read(Span<byte> target, long offset)
    {
        if (Bytes is { } bytes)
        {
            bytes.Span.Slice((int)offset, target.Length).CopyTo(target);
            return;
        }

        SafeFileHandle handle = _handle ?? Open();
        try
        {
            for (int done = 0; done < target.Length;)
            {
                int read = Read(handle, target[done..], _start + offset + done);
                if (read == 0) throw new MediaFileException(Name, $"it ends after {offset + done} of {Length} bytes", null);
                done += read;
            }
        }
        finally
        {
            if (_handle is null) handle.Dispose();
        }
    }

    private static MediaFile? InPlace(Stream stream, string? mediaType, string? name)
    {
        if (stream is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> buffer))
        {
            return OfBytes(buffer.AsMemory((int)Math.Min(memory.Position, buffer.Count)), mediaType, name);
        }

        if (stream is not FileStream { CanSeek: true, CanRead: true } file) return null;
        string called = name ?? Path.GetFileName(file.Name);
        return new MediaFile(file, called, mediaType ?? MediaFileTypes.Of(called), Math.Max(0, file.Length - file.Position));
    }

    private static async ValueTask<MediaFile> ReadAsync(Stream stream, string? mediaType, string? name, bool async, CancellationToken cancellationToken)
    {
        MemoryStream memory = stream.CanSeek ? new((int)Math.Clamp(stream.Length - stream.Position, 0, Array.MaxLength)) : new();
        if (async) await stream.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        else stream.CopyTo(memory);
        return OfBytes(memory.GetBuffer().AsMemory(0, (int)memory.Length), mediaType, name);
    }

    private static MediaFile OfBytes(ReadOnlyMemory<byte> bytes, string? mediaType, string? name)
    {
        string type = mediaType ?? (name is null ? MediaFileTypes.Recognize(bytes.Span) : MediaFileTypes.Of(name));
        return new MediaFile(bytes, name ?? MediaFileTypes.NameOf(type), type);
    }

    private SafeFileHandle Open()
    {
        try
        {
            return File.OpenHandle(_path!, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MediaFileException(Name, exception.GetType().Name, exception);
        }
    }

    private async ValueTask<int> ReadAsync(SafeFileHandle handle, Memory<byte> room, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(handle, room, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new MediaFileException(Name, exception.GetType().Name, exception);
        }
    }

    private int Read(SafeFileHandle handle, Span<byte> room, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, room, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new MediaFileException(Name, exception.GetType().Name, exception);
        }
    }
}

/// <summary>A file of the caller's could not be read while it was sent: no deployment is to blame.</summary>
internal sealed class MediaFileException(string name, string reason, Exception? inner) : IOException($"The file '{name}' could not be read while it was sent: {reason}.", inner);
