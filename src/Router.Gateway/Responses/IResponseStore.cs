namespace RouterGen;

/// <summary>
/// Where a gateway keeps responses that clients asked it to keep (<c>store</c> of the Responses API). What is kept is content: prompts and answers. All that is kept belongs to
/// an owner, and is found with the owner's name alone. Several instances of a gateway may share a store. Thread-safe.
/// </summary>
/// <remarks>A method throws where the store cannot be reached. An answer reaches its client all the same, and is not found later. Values may be kept as they are given: the gateway does not change them.</remarks>
public interface IResponseStore
{
    /// <summary>Keeps a response, in place of one with the same owner and id.</summary>
    /// <param name="response">The response.</param>
    /// <param name="items">The ids of the items of its output, by which it is found too. Of two responses of an owner with the same item, the one that was kept last is found.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken);

    /// <summary>Returns a response; null where the owner has none of that id. One that has ended may come back until it is pruned: its reader looks.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>Returns the response whose output has an item; null where the owner has none.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="item">The item's id.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken);

    /// <summary>Deletes a response.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>False where the owner has none of that id.</returns>
    ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>Deletes responses, whatever their owner, that have ended.</summary>
    /// <param name="now">The time: those whose <see cref="StoredResponse.Expires"/> is not later are deleted.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
