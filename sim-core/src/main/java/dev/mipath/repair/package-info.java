/**
 * Floor 7: what would mend a conversation: candidate edits for each blocker, offered only after the conversation was
 * traced again with them. Start at {@link dev.mipath.repair.Repair}.
 */
@NullMarked
package dev.mipath.repair;

import org.jspecify.annotations.NullMarked;
