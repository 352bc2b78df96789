/** What proves a case: checklist, files, the application with its measures, the company's review, the sealed dossier. */
@NullMarked
package org.jiefeng.evidence;

import org.jspecify.annotations.NullMarked;
